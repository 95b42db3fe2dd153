// The CPU's CRC32C instruction, alone and with the copy that a record needs anyway.
//
// The instruction takes eight bytes and waits three cycles for its last result, so three lanes run at once:
// 128 bytes each, whose states are then put together as if they had been read one behind the other. Only the
// functions that use it are compiled for it; the caller asks first whether it is there.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#define CRC32C_TARGET __attribute__((target("sse4.2,pclmul")))
#define CRC32C_LANE 128

typedef long long crc32c_pair __attribute__((vector_size(16)));

static inline int crc32c_isInHardware(void) {
  return __builtin_cpu_supports("sse4.2") != 0 && __builtin_cpu_supports("pclmul") != 0;
}

static inline uint64_t crc32c_word(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

// The state after as many zero bytes as `power` stands for: x^(8 * bytes - 33) modulo the polynomial, in the
// checksum's bit order. The product has one power too many and the instruction adds 32 of its own.
CRC32C_TARGET static inline uint64_t crc32c_shift(uint64_t state, uint32_t power) {
  const crc32c_pair product =
      __builtin_ia32_pclmulqdq128((crc32c_pair){(long long)state, 0}, (crc32c_pair){power, 0}, 0);
  return __builtin_ia32_crc32di(0, (uint64_t)product[0]);
}

// The state of three lanes that follow each other, the first begun with the state before them.
CRC32C_TARGET static inline uint64_t crc32c_join(uint64_t first, uint64_t second, uint64_t third) {
  const uint32_t lane = 0x0D3B6092, twoLanes = 0xB9E02B86;
  return crc32c_shift(first, twoLanes) ^ crc32c_shift(second, lane) ^ third;
}

// Takes count bytes into a state that the caller begins and ends with its complement.
CRC32C_TARGET static inline uint32_t crc32c_update(
    uint32_t crc, const uint8_t *bytes, size_t count) {
  uint64_t state = crc;
  for (; count >= 3 * CRC32C_LANE; bytes += 3 * CRC32C_LANE, count -= 3 * CRC32C_LANE) {
    uint64_t second = 0, third = 0;
    for (const uint8_t *at = bytes; at < bytes + CRC32C_LANE; at += 8) {
      state = __builtin_ia32_crc32di(state, crc32c_word(at));
      second = __builtin_ia32_crc32di(second, crc32c_word(at + CRC32C_LANE));
      third = __builtin_ia32_crc32di(third, crc32c_word(at + 2 * CRC32C_LANE));
    }
    state = crc32c_join(state, second, third);
  }
  for (; count >= 8; bytes += 8, count -= 8) {
    state = __builtin_ia32_crc32di(state, crc32c_word(bytes));
  }
  for (; count > 0; bytes++, count--) state = __builtin_ia32_crc32qi((uint32_t)state, *bytes);
  return (uint32_t)state;
}

// Copies a word and returns it; a byte of it below 0x20 sets a bit in *below.
static inline uint64_t crc32c_carry(uint8_t *target, const uint8_t *source, uint64_t *below) {
  const uint64_t ones = 0x0101010101010101ULL;
  const uint64_t word = crc32c_word(source);
  memcpy(target, &word, 8);
  *below |= (word - ones * 0x20) & ~word & ones * 0x80;
  return word;
}

// Copies count bytes while it takes them into *crc; nonzero if one of them is below 0x20.
CRC32C_TARGET static inline uint64_t crc32c_copy(
    uint32_t *crc, uint8_t *target, const uint8_t *source, size_t count) {
  uint64_t state = *crc, below = 0;
  while (count >= 3 * CRC32C_LANE) {
    uint64_t second = 0, third = 0;
    for (size_t at = 0; at < CRC32C_LANE; at += 8) {
      const size_t next = at + CRC32C_LANE, last = next + CRC32C_LANE;
      state = __builtin_ia32_crc32di(state, crc32c_carry(target + at, source + at, &below));
      second = __builtin_ia32_crc32di(second, crc32c_carry(target + next, source + next, &below));
      third = __builtin_ia32_crc32di(third, crc32c_carry(target + last, source + last, &below));
    }
    state = crc32c_join(state, second, third);
    source += 3 * CRC32C_LANE, target += 3 * CRC32C_LANE, count -= 3 * CRC32C_LANE;
  }
  for (; count >= 8; source += 8, target += 8, count -= 8) {
    state = __builtin_ia32_crc32di(state, crc32c_carry(target, source, &below));
  }
  for (; count > 0; source++, target++, count--) {
    *target = *source;
    state = __builtin_ia32_crc32qi((uint32_t)state, *source);
    below |= *source < 0x20;
  }
  *crc = (uint32_t)state;
  return below;
}
#else
static inline int crc32c_isInHardware(void) { return 0; }

static inline uint32_t crc32c_update(uint32_t crc, const uint8_t *bytes, size_t count) {
  (void)bytes;
  (void)count;
  return crc;
}

static inline uint64_t crc32c_copy(
    uint32_t *crc, uint8_t *target, const uint8_t *source, size_t count) {
  (void)crc;
  (void)target;
  (void)source;
  return count;
}
#endif
