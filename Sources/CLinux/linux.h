// What Linux has and Glibc's Swift module lacks.
#pragma once
#include <sys/vfs.h>

// The magic number of the file system that path lies on, as statfs(2) has it; -1 with errno.
static inline long linux_fileSystemType(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)(unsigned int)status.f_type : -1;
}
