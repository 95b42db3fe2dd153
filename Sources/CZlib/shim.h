// zlib. A header of our own, so that the module finds it wherever the system keeps it.
#pragma once
#include <zlib.h>
