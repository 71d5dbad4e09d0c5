using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Storage.Tests.Database;

/// <summary>What the writer tells those who keep memory that belongs to the file, and in which order it all happens.</summary>
public sealed class ParticipantTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SqliteConnection connection;
    private readonly Recorder recorder = new();

    public ParticipantTests()
    {
        connection = Open();
        connection.Execute("PRAGMA journal_mode=WAL; CREATE TABLE t (x INTEGER UNIQUE)");
    }

    public void Dispose()
    {
        connection.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_batch_begins_writes_and_commits_before_its_caller_hears_of_it()
    {
        using (var writer = Start())
        {
            var rows = await writer.WriteAsync(Insert(1));
            recorder.Say($"answered {rows}");
            Assert.Equal(1, RawFile.Number(folder.Database, "SELECT count(*) FROM t"));
        }

        Assert.Equal(["begin changed", "insert 1", "commit", "answered 1", "begin", "closing", "commit"], recorder.Said);
    }

    [Fact]
    public async Task Nobody_else_sees_a_write_before_its_commit_and_everybody_after_it()
    {
        using var writer = Start();
        long during = -1;
        recorder.BeforeCommitting = () => during = RawFile.Number(folder.Database, "SELECT count(*) FROM t");
        await writer.WriteAsync(Insert(1));
        Assert.Equal(0, during);
        Assert.Equal(1, RawFile.Number(folder.Database, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task What_a_batch_judges_by_cannot_be_changed_by_another_process_meanwhile()
    {
        using var writer = Start();
        var refused = await writer.WriteAsync(ProbeOperation.Create(_ =>
        {
            using var other = Open();
            return Assert.Throws<StorageException>(() => other.Execute("BEGIN IMMEDIATE")).Failure;
        }));
        Assert.Equal(StorageFailure.Busy, refused);
    }

    [Fact]
    public async Task A_batch_holds_no_more_than_its_limit()
    {
        var blocked = new ManualResetEventSlim();
        using (var writer = Start(new BetarDatabaseOptions { MaxBatch = 3 }))
        {
            var first = writer.WriteAsync(ProbeOperation.Create(_ =>
            {
                blocked.Wait();
                return 0;
            })).AsTask();
            var others = Enumerable.Range(0, 7).Select(number => writer.WriteAsync(Insert(number)).AsTask()).ToList();
            blocked.Set();
            await Task.WhenAll([first, .. others]);
        }

        var sizes = string.Join(' ', recorder.Said).Split("commit").Select(batch => batch.Split("insert").Length - 1).ToList();
        Assert.All(sizes, size => Assert.InRange(size, 0, 3));
        Assert.Equal(7, sizes.Sum());
    }

    [Fact]
    public async Task When_a_batch_is_rolled_back_memory_is_told_and_nobody_is_answered_well()
    {
        using var writer = Start();
        recorder.BeforeCommitting = () => throw new InvalidOperationException("no");
        var failure = await Assert.ThrowsAsync<StorageException>(async () => await writer.WriteAsync(Insert(1)));
        Assert.Equal(StorageFailure.Unexpected, failure.Failure);
        Assert.IsType<InvalidOperationException>(failure.InnerException);
        Assert.Contains("rolled back", recorder.Said);
        Assert.Equal(0, RawFile.Number(folder.Database, "SELECT count(*) FROM t"));

        recorder.BeforeCommitting = null;
        Assert.Equal(1, await writer.WriteAsync(Insert(1)));
    }

    [Fact]
    public async Task A_write_of_another_process_between_two_batches_is_told_once()
    {
        using var writer = Start();
        await writer.WriteAsync(Insert(1));
        await writer.WriteAsync(Insert(2));
        RawFile.Execute(folder.Database, "INSERT INTO t VALUES (99)");
        await writer.WriteAsync(Insert(3));
        await writer.WriteAsync(Insert(4));
        Assert.Equal(["begin changed", "begin", "begin changed", "begin"], recorder.Said.Where(line => line.StartsWith("begin", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(StorageFailure.Corrupt, true)]
    [InlineData(StorageFailure.NotADatabase, true)]
    [InlineData(StorageFailure.InputOutput, true)]
    [InlineData(StorageFailure.DiskFull, false)]
    [InlineData(StorageFailure.Busy, false)]
    [InlineData(StorageFailure.Unexpected, false)]
    public async Task Only_a_disk_that_cannot_be_trusted_stops_the_writer(StorageFailure failure, bool stops)
    {
        using var writer = Start();
        recorder.BeforeCommitting = () => throw new StorageException(failure, "made up");
        var thrown = await Assert.ThrowsAsync<StorageException>(async () => await writer.WriteAsync(Insert(1)));
        Assert.Equal(failure, thrown.Failure);

        // It had not come to the commit: nothing of it can be on the disk.
        Assert.False(thrown.OutcomeUnknown);
        recorder.BeforeCommitting = null;
        if (!stops)
        {
            Assert.Equal(1, await writer.WriteAsync(Insert(1)));
            Assert.False(writer.Stopped.IsCompleted);
            return;
        }

        var ended = await Assert.ThrowsAsync<StorageException>(() => writer.Stopped);
        Assert.Equal(StorageFailure.Stopped, ended.Failure);
        Assert.Equal("made up", ended.InnerException!.Message);
        var later = await Assert.ThrowsAsync<StorageException>(async () => await writer.WriteAsync(Insert(2)));
        Assert.Equal(StorageFailure.Stopped, later.Failure);
        Assert.DoesNotContain("closing", recorder.Said);
    }

    [Theory]
    [InlineData(StorageFailure.Corrupt)]
    [InlineData(StorageFailure.DiskFull)]
    [InlineData(StorageFailure.Busy)]
    public async Task A_failure_of_the_disk_is_never_one_callers_alone(StorageFailure failure)
    {
        using var writer = Start();
        using var entered = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        var gate = writer.WriteAsync(ProbeOperation.Create(_ =>
        {
            entered.Set();
            blocked.Wait();
            return 0;
        })).AsTask();
        entered.Wait();
        var neighbour = writer.WriteAsync(Insert(1)).AsTask();
        var broken = writer.WriteAsync(ProbeOperation.Create<int>(_ => throw new StorageException(failure, "made up"))).AsTask();
        blocked.Set();
        await gate;
        Assert.Equal(failure, (await Assert.ThrowsAsync<StorageException>(() => broken)).Failure);
        Assert.Equal(failure, (await Assert.ThrowsAsync<StorageException>(() => neighbour)).Failure);
        Assert.Equal(0, RawFile.Number(folder.Database, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task A_closed_writer_ends_well_and_says_so_to_those_who_come_late()
    {
        var writer = Start();
        writer.Dispose();
        await writer.Stopped;
        Assert.False(writer.TryWrite(Insert(1), out _));
        var late = await Assert.ThrowsAsync<StorageException>(async () => await writer.WriteAsync(Insert(1)));
        Assert.Equal(StorageFailure.Stopped, late.Failure);
        Assert.Contains("is closed", late.Message, StringComparison.Ordinal);
    }

    private DatabaseWriter Start(BetarDatabaseOptions? options = null)
    {
        var writer = new DatabaseWriter(connection, Open(), options ?? new BetarDatabaseOptions(), [recorder], NullLogger.Instance);
        writer.Start();
        return writer;
    }

    private SqliteConnection Open() => SqliteConnection.Open(folder.Database, SqliteOpenMode.ReadWriteCreate, TimeSpan.Zero);

    private ProbeOperation<int> Insert(int number) => ProbeOperation.Create(on =>
    {
        recorder.Say($"insert {number}");
        using var insert = on.PrepareOnce("INSERT INTO t VALUES (?1)");
        return insert.Bind(1, number).Run();
    });

    private sealed class Recorder : IWriteParticipant
    {
        private readonly Lock gate = new();
        private readonly List<string> said = [];

        public Action? BeforeCommitting { get; set; }

        public List<string> Said
        {
            get
            {
                lock (gate)
                    return [.. said];
            }
        }

        public void Say(string line)
        {
            lock (gate)
                said.Add(line);
        }

        public void Begin(SqliteConnection connection, bool changedElsewhere) => Say(changedElsewhere ? "begin changed" : "begin");

        public void Closing(SqliteConnection connection) => Say("closing");

        public void BeforeCommit(SqliteConnection connection)
        {
            BeforeCommitting?.Invoke();
            Say("commit");
        }

        public void RolledBack() => Say("rolled back");
    }
}
