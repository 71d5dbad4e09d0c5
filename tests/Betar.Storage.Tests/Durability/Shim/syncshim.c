/*
 * Stands between a process and the disk, for files whose path begins with BETAR_SHIM_PREFIX:
 *  - every fsync and fdatasync is done, then the file as it is at that moment is copied to BETAR_SHIM_DIR: the copies are
 *    what a machine would find after losing power (whatever was written but not synced is not in them);
 *    a file that was deleted comes back, unless its folder was synced after that;
 *    a file that was made is in "entries" only once its folder was synced after that: without it a machine forgets the file;
 *  - each sync is a line "sync NAME LENGTH" in BETAR_SHIM_DIR/log;
 *  - BETAR_SHIM_LIE=N: the Nth sync and all after it say that they are done and do nothing;
 *  - BETAR_SHIM_FAIL=N: the Nth sync and all after it fail with EIO;
 *    so does every sync once the file BETAR_SHIM_DIR/fail is there;
 *  - BETAR_SHIM_SPACE=N: after N bytes were written in all, writes fail with ENOSPC until BETAR_SHIM_DIR/free exists.
 * Built by the tests with: gcc -shared -fPIC -O1 -o syncshim.so syncshim.c -ldl -lpthread
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static long syncs;
static long long written;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

static long number(const char *name)
{
    const char *text = getenv(name);
    return text == NULL ? 0 : atol(text);
}

/* The path of fd when it is one of ours, else 0. */
static int ours(int fd, char *path)
{
    const char *prefix = getenv("BETAR_SHIM_PREFIX");
    char link[64];
    path[0] = 0;
    if (prefix == NULL)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0)
        return 0;
    path[length] = 0;
    return strncmp(path, prefix, strlen(prefix)) == 0;
}

static ssize_t real_write(int fd, const void *data, size_t count)
{
    static ssize_t (*call)(int, const void *, size_t);
    if (call == NULL)
        call = next("write");
    return call(fd, data, count);
}

/* Copies under another name first, so that a kill in the middle leaves the copy before. */
static void keep(const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    char target[PATH_MAX], half[PATH_MAX], line[PATH_MAX];
    static char buffer[1 << 16];
    off_t length = 0;
    snprintf(target, sizeof target, "%s/%s", getenv("BETAR_SHIM_DIR"), name);
    snprintf(half, sizeof half, "%s/.half", getenv("BETAR_SHIM_DIR"));
    int from = open(path, O_RDONLY), to = open(half, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (ssize_t got; from >= 0 && to >= 0 && (got = read(from, buffer, sizeof buffer)) > 0; length += got)
        if (real_write(to, buffer, got) != got)
            abort();
    if (from < 0 || to < 0)
        abort();
    close(from);
    close(to);
    if (rename(half, target) != 0)
        abort();
    snprintf(half, sizeof half, "%s/log", getenv("BETAR_SHIM_DIR"));
    int log = open(half, O_WRONLY | O_CREAT | O_APPEND, 0600);
    int size = snprintf(line, sizeof line, "sync %s %lld\n", name, (long long)length);
    if (log < 0 || real_write(log, line, size) != size)
        abort();
    close(log);
}

/* A sync of our folder makes new files and deletions last. */
static void remember(const char *folder)
{
    static const char *suffixes[] = { "", "-wal", "-journal" };
    const char *prefix = getenv("BETAR_SHIM_PREFIX");
    const char *name = prefix == NULL ? NULL : strrchr(prefix, '/');
    char path[PATH_MAX], entry[PATH_MAX], copy[PATH_MAX];
    if (name == NULL || strlen(folder) != (size_t)(name - prefix) || strncmp(folder, prefix, name - prefix) != 0)
        return;
    snprintf(entry, sizeof entry, "%s/entries", getenv("BETAR_SHIM_DIR"));
    mkdir(entry, 0700);
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", prefix, suffixes[i]);
        snprintf(copy, sizeof copy, "%s%s%s", getenv("BETAR_SHIM_DIR"), name, suffixes[i]);
        snprintf(entry, sizeof entry, "%s/entries%s%s", getenv("BETAR_SHIM_DIR"), name, suffixes[i]);
        if (access(path, F_OK) != 0) {
            unlink(copy);
            unlink(entry);
        } else {
            int mark = open(entry, O_WRONLY | O_CREAT, 0600);
            if (mark < 0)
                abort();
            close(mark);
        }
    }
}

static int synced(int fd, const char *call)
{
    char path[PATH_MAX];
    int (*real)(int) = next(call);
    if (!ours(fd, path)) {
        int done = real(fd);
        if (done == 0)
            remember(path);
        return done;
    }
    pthread_mutex_lock(&gate);
    long count = ++syncs, lie = number("BETAR_SHIM_LIE"), fail = number("BETAR_SHIM_FAIL");
    int result = 0;
    struct stat about;
    char mark[PATH_MAX];
    snprintf(mark, sizeof mark, "%s/fail", getenv("BETAR_SHIM_DIR"));
    if ((fail > 0 && count >= fail) || access(mark, F_OK) == 0) {
        errno = EIO;
        result = -1;
    } else if (lie == 0 || count < lie) {
        result = real(fd);
        if (result == 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode))
            keep(path);
    }
    pthread_mutex_unlock(&gate);
    return result;
}

int fsync(int fd) { return synced(fd, "fsync"); }

int fdatasync(int fd) { return synced(fd, "fdatasync"); }

/* True when this write does not fit any more. */
static int full(int fd, size_t count)
{
    char path[PATH_MAX], mark[PATH_MAX];
    long space = number("BETAR_SHIM_SPACE");
    if (space == 0 || !ours(fd, path))
        return 0;
    pthread_mutex_lock(&gate);
    written += count;
    int over = written > space;
    pthread_mutex_unlock(&gate);
    snprintf(mark, sizeof mark, "%s/free", getenv("BETAR_SHIM_DIR"));
    return over && access(mark, F_OK) != 0;
}

ssize_t write(int fd, const void *data, size_t count)
{
    if (full(fd, count)) {
        errno = ENOSPC;
        return -1;
    }
    return real_write(fd, data, count);
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t offset)
{
    if (full(fd, count)) {
        errno = ENOSPC;
        return -1;
    }
    return ((ssize_t(*)(int, const void *, size_t, off_t))next("pwrite"))(fd, data, count, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t offset)
{
    if (full(fd, count)) {
        errno = ENOSPC;
        return -1;
    }
    return ((ssize_t(*)(int, const void *, size_t, off64_t))next("pwrite64"))(fd, data, count, offset);
}
