using Betar.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Betar.Storage.Database;

/// <summary>
/// The only thread that writes. Whatever waits at one moment becomes one transaction with one sync (group commit): while the
/// disk syncs, the next batch gathers by itself, so no timer delays a lone write.
/// </summary>
internal sealed partial class DatabaseWriter : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly BetarDatabaseOptions options;
    private readonly IReadOnlyList<IWriteParticipant> participants;
    private readonly ILogger logger;
    private readonly WriteQueue queue;
    private readonly WalKeeper wal;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement dataVersion;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<WriteOperation> batch = [];
    private Thread? thread;
    private long seenDataVersion = -1;
    private volatile Exception? fault;
    private volatile bool closing;

    /// <param name="connection">The writer's own; disposed by whoever opened it.</param>
    /// <param name="copier">A second connection that may write, for copying the WAL; disposed here.</param>
    /// <param name="options">Checked already.</param>
    /// <param name="participants">Told of every batch.</param>
    /// <param name="logger">For what no caller is told.</param>
    public DatabaseWriter(SqliteConnection connection, SqliteConnection copier, BetarDatabaseOptions options,
        IReadOnlyList<IWriteParticipant> participants, ILogger logger)
    {
        this.connection = connection;
        this.options = options;
        this.participants = participants;
        this.logger = logger;
        queue = new WriteQueue(options.MaxQueuedWrites);
        wal = new WalKeeper(connection, copier, options.CheckpointPages, failure => LogCheckpointFailed(connection.Path, failure));
        begin = connection.Prepare("BEGIN IMMEDIATE");
        commit = connection.Prepare("COMMIT");
        dataVersion = connection.Prepare("PRAGMA data_version");
    }

    /// <summary>Ends well when the writer was closed, with the failure when the disk stopped it.</summary>
    public Task Stopped => stopped.Task;

    public void Start()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "Betar.Storage writer" };
        thread.Start();
    }

    /// <summary>False when the writer was closed before the operation came; other refusals are exceptions.</summary>
    public bool TryWrite<TResult>(WriteOperation<TResult> operation, out ValueTask<TResult> completion)
    {
        completion = operation.Completion;
        switch (queue.Push(operation))
        {
            case WritePush.Queued:
                return true;
            case WritePush.Full:
                throw new StorageException(StorageFailure.Overloaded,
                    $"{options.MaxQueuedWrites} writes wait for {connection.Path} already; slow down, or find out why the disk is slow.");
            default:
                return fault is { } cause ? throw StoppedBy(cause) : false;
        }
    }

    public ValueTask<TResult> WriteAsync<TResult>(WriteOperation<TResult> operation) =>
        TryWrite(operation, out var completion)
            ? completion
            : throw new StorageException(StorageFailure.Stopped, $"The database {connection.Path} is closed.");

    /// <summary>Writes what waits already, then ends the thread.</summary>
    public void Dispose()
    {
        closing = true;
        queue.Nudge();
        thread?.Join();
        wal.Dispose();
    }

    private void Run()
    {
        while (fault is null)
        {
            if (queue.TakeAll() is { } taken)
                RunAll(taken);
            else if (closing)
                break;
            else
                queue.Wait();
        }

        // From here on a push is refused; what came before it is written, or fails with the fault.
        if (queue.Close() is { } last)
            RunAll(last);
        if (fault is null)
            RunBatch(closeParticipants: true);
        if (fault is { } cause)
            stopped.SetException(StoppedBy(cause));
        else
            stopped.SetResult();
    }

    private void RunAll(WriteOperation? first)
    {
        while (first is not null)
        {
            batch.Clear();
            while (first is not null && batch.Count < options.MaxBatch)
            {
                batch.Add(first);
                (first, batch[^1].Next) = (first.Next, null);
                queue.Done();
            }

            RunBatch(closeParticipants: false);
        }

        batch.Clear();
    }

    private void RunBatch(bool closeParticipants)
    {
        var failure = fault is { } cause ? StoppedBy(cause) : null;
        var committing = false;
        try
        {
            if (failure is null)
                Transact(closeParticipants, ref committing);
        }
        catch (Exception thrown)
        {
            // Nothing is swallowed: every caller of the batch gets it, and a broken disk ends the writer.
            failure = Fail(thrown, committing);
        }

        foreach (var operation in batch)
            operation.Complete(failure ?? operation.Failure);
        if (failure is null)
            wal.AfterBatch();
    }

    private void Transact(bool closeParticipants, ref bool committing)
    {
        begin.Run();
        var before = connection.TotalChanges;
        var version = ReadDataVersion();
        foreach (var participant in participants)
            participant.Begin(connection, version != seenDataVersion);
        seenDataVersion = version;

        foreach (var operation in batch)
            ExecuteOne(operation);

        foreach (var participant in participants)
        {
            if (closeParticipants)
                participant.Closing(connection);
            participant.BeforeCommit(connection);
        }

        committing = connection.TotalChanges != before;
        commit.Run();
    }

    private void ExecuteOne(WriteOperation operation)
    {
        if (operation.Cancelled)
        {
            operation.Failure = new OperationCanceledException();
            return;
        }

        var before = connection.TotalChanges;
        try
        {
            operation.Execute(connection);
        }
        catch (Exception alone) when (connection.TotalChanges == before && connection.InTransaction && !StopsBatch(alone))
        {
            // It has written nothing, so its neighbours may go on.
            operation.Failure = alone;
        }
    }

    private static bool StopsBatch(Exception thrown) => thrown is StorageException
    {
        Failure: not (StorageFailure.Constraint or StorageFailure.Unexpected),
    };

    private StorageException Fail(Exception thrown, bool committing)
    {
        var failure = thrown as StorageException
            ?? new StorageException(StorageFailure.Unexpected, $"A write to {connection.Path} failed: {thrown.Message}", thrown);
        if (committing && failure.Failure is StorageFailure.InputOutput)
            failure = new StorageException(failure.Failure, failure.Message, failure) { OutcomeUnknown = true };
        try
        {
            if (connection.InTransaction)
                connection.Execute("ROLLBACK");
        }
        catch (StorageException rollback)
        {
            fault = rollback;
        }

        foreach (var participant in participants)
            participant.RolledBack();

        // After a failed sync nobody knows what the disk holds; only opening the file again can tell.
        if (failure.Failure is StorageFailure.InputOutput or StorageFailure.Corrupt or StorageFailure.NotADatabase)
            fault = failure;
        if (fault is null)
            LogBatchFailed(connection.Path, batch.Count, failure);
        else
            LogStopped(connection.Path, batch.Count, failure);
        return failure;
    }

    private long ReadDataVersion()
    {
        dataVersion.Step();
        var version = dataVersion.GetInt64(0);
        dataVersion.Reset();
        return version;
    }

    private StorageException StoppedBy(Exception cause) => new(StorageFailure.Stopped,
        $"The writer of {connection.Path} stopped after an earlier failure; check the disk, then start again.", cause);
}
