// What Linux has and Glibc's Swift module lacks.
#pragma once
#include <malloc.h>
#include <spawn.h>
#include <sys/vfs.h>

// The magic number of the file system that path lies on, as statfs(2) has it; -1 with errno.
static inline long linux_fileSystemType(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)(unsigned int)status.f_type : -1;
}

// GNU's own, which glibc declares only to who asks for them before any header: pipe2(2),
// memfd_create(2), and two actions of a spawned process.
extern int pipe2(int ends[2], int flags);
extern int memfd_create(const char *name, unsigned int flags);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions,
                                                const char *folder);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
enum { linux_memfdCloseOnExec = 1 };
