using System.Collections.Concurrent;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Database;

/// <summary>A bounded pool of read-only connections. A read runs on its caller's thread: it is microseconds from the page cache.</summary>
internal sealed class ReaderPool : IDisposable
{
    private readonly Func<SqliteConnection> open;
    private readonly ConcurrentBag<Reader> idle = [];
    private readonly SemaphoreSlim free;
    private volatile bool closed;

    public ReaderPool(Func<SqliteConnection> open, int max)
    {
        this.open = open;
        free = new SemaphoreSlim(max, max);
    }

    public async ValueTask<TResult> ReadAsync<TArgument, TResult>(
        TArgument argument, Func<Reader, TArgument, TResult> read, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return Read(argument, read);
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var reader))
            reader.Dispose();
    }

    private TResult Read<TArgument, TResult>(TArgument argument, Func<Reader, TArgument, TResult> read)
    {
        if (!idle.TryTake(out var reader))
        {
            if (closed)
                throw new StorageException(StorageFailure.Stopped, "The database is closed.");
            reader = new Reader(open());
        }

        var healthy = false;
        try
        {
            var result = read(reader, argument);
            healthy = true;
            return result;
        }
        finally
        {
            // A connection that failed is not used again: its state is unknown.
            if (healthy && !closed)
                idle.Add(reader);
            else
                reader.Dispose();
        }
    }
}
