// libcurl, and a typed door to each of its variadic calls.
//
// Swift cannot call variadic functions, and curl.h hides them behind macros that check types; so
// each wrapper names one type of value and calls past the macro, in parentheses.
#ifndef TIDINGS_CCURL_H
#define TIDINGS_CCURL_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value) {
  return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return (curl_easy_setopt)(easy, option, value);
}

// For CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, whose callbacks have one form.
static inline CURLcode ccurl_set_write(CURL *easy, CURLoption option, curl_write_callback call) {
  return (curl_easy_setopt)(easy, option, call);
}

static inline CURLcode ccurl_set_read(CURL *easy, curl_read_callback call) {
  return (curl_easy_setopt)(easy, CURLOPT_READFUNCTION, call);
}

static inline CURLcode ccurl_set_opensocket(CURL *easy, curl_opensocket_callback call) {
  return (curl_easy_setopt)(easy, CURLOPT_OPENSOCKETFUNCTION, call);
}

static inline CURLcode ccurl_set_prereq(CURL *easy, curl_prereq_callback call) {
  return (curl_easy_setopt)(easy, CURLOPT_PREREQFUNCTION, call);
}

static inline CURLcode ccurl_set_progress(CURL *easy, curl_xferinfo_callback call) {
  return (curl_easy_setopt)(easy, CURLOPT_XFERINFOFUNCTION, call);
}

static inline CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
  return (curl_easy_getinfo)(easy, info, value);
}

static inline CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  return (curl_easy_getinfo)(easy, info, value);
}

static inline CURLcode ccurl_get_pointer(CURL *easy, CURLINFO info, void **value) {
  return (curl_easy_getinfo)(easy, info, value);
}

static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return (curl_multi_setopt)(multi, option, value);
}

// The result of a finished transfer; the message keeps it in a union, which Swift reads by hand.
static inline CURLcode ccurl_message_result(const CURLMsg *message) {
  return message->data.result;
}

// Copies the bytes of an IP address, in network order, and returns how many: 4, 16, or 0 for any
// other family. libcurl allots more room behind `addr` than its type says.
static inline int ccurl_address_bytes(const struct curl_sockaddr *address, unsigned char out[16]) {
  if (address->family == AF_INET) {
    struct sockaddr_in v4;
    memcpy(&v4, &address->addr, sizeof v4);
    memcpy(out, &v4.sin_addr, 4);
    return 4;
  }
  if (address->family == AF_INET6) {
    struct sockaddr_in6 v6;
    memcpy(&v6, &address->addr, sizeof v6);
    memcpy(out, &v6.sin6_addr, 16);
    return 16;
  }
  return 0;
}

#endif
