// SPDX-License-Identifier: Apache-2.0
//
// Runs a command and kills it (SIGKILL) at the Nth system call that could change
// something: a write, an opening for writing, a rename, an unlink, a sync...
//
// Usage: kill-at N before|after COMMAND [ARGUMENT...]
//   before: the call is not carried out; after: it is, and its caller never learns.
//   Prints "killed N NAME DETAIL", or "ended STATUS CALLS" where there are fewer.

#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
  long number;
  const char *name;
} changing[] = {
    {SYS_write, "write"},         {SYS_pwrite64, "pwrite"},   {SYS_writev, "writev"},
    {SYS_rename, "rename"},       {SYS_renameat, "renameat"}, {SYS_renameat2, "renameat2"},
    {SYS_unlink, "unlink"},       {SYS_unlinkat, "unlinkat"}, {SYS_mkdir, "mkdir"},
    {SYS_mkdirat, "mkdirat"},     {SYS_fsync, "fsync"},       {SYS_fdatasync, "fdatasync"},
    {SYS_ftruncate, "ftruncate"}, {SYS_flock, "flock"},       {SYS_chmod, "chmod"},
    {SYS_fchmod, "fchmod"},       {SYS_openat, "openat"},     {SYS_open, "open"},
};

static void peek(pid_t child, unsigned long long address, char *text, size_t size) {
  struct iovec here = {text, size - 1}, there = {(void *)address, size - 1};
  ssize_t count = process_vm_readv(child, &here, 1, &there, 1, 0);
  text[count > 0 ? count : 0] = 0;
  for (char *c = text; *c; c++) {
    if (*c == '\n') *c = ' ';
  }
}

// Whether the call counts, and what it is about.
static const char *counts(pid_t child, const struct user_regs_struct *call, char *detail,
                          size_t size) {
  detail[0] = 0;
  for (size_t i = 0; i < sizeof changing / sizeof *changing; i++) {
    if ((long)call->orig_rax != changing[i].number) continue;
    if (call->orig_rax == SYS_openat || call->orig_rax == SYS_open) {
      unsigned long long flags = call->orig_rax == SYS_open ? call->rsi : call->rdx;
      if ((flags & O_ACCMODE) == O_RDONLY) return NULL;
      peek(child, call->orig_rax == SYS_open ? call->rdi : call->rsi, detail, size);
    } else if (call->orig_rax == SYS_write) {
      if (call->rdi == STDOUT_FILENO || call->rdi == STDERR_FILENO) return NULL;
      peek(child, call->rsi, detail, call->rdx + 1 < size ? call->rdx + 1 : size);
    }
    return changing[i].name;
  }
  return NULL;
}

int main(int count, char **arguments) {
  if (count < 4) {
    fprintf(stderr, "usage: kill-at N before|after COMMAND [ARGUMENT...]\n");
    return 64;
  }
  int wanted = atoi(arguments[1]);
  int after = strcmp(arguments[2], "after") == 0;
  pid_t child = fork();
  if (child < 0) return 71;
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    raise(SIGSTOP);
    execvp(arguments[3], arguments + 3);
    _exit(127);
  }
  int status, calls = 0, inside = 0;
  const char *name = NULL;
  char detail[160] = "";
  waitpid(child, &status, 0);
  ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  int deliver = 0;
  for (;;) {
    if (ptrace(PTRACE_SYSCALL, child, 0, deliver) < 0) break;
    if (waitpid(child, &status, 0) < 0) break;
    deliver = 0;
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      printf("ended %d %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
             calls);
      return 0;
    }
    if (!WIFSTOPPED(status)) continue;
    if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
      deliver = WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
      continue;
    }
    inside = !inside;
    if (inside) {
      struct user_regs_struct call;
      ptrace(PTRACE_GETREGS, child, 0, &call);
      name = counts(child, &call, detail, sizeof detail);
      if (name) calls++;
    }
    if (name && calls == wanted && inside != after) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      printf("killed %d %s %s\n", calls, name, detail);
      return 0;
    }
  }
  return 70;
}
