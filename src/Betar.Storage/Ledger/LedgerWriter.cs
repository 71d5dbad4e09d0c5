using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>The ledger on the writer thread: appends, and keeps head, sums, open orders and checkpoints in the same transaction.</summary>
internal sealed class LedgerWriter : IWriteParticipant
{
    private readonly LedgerOptions options;
    private readonly TimeProvider time;
    private readonly Dictionary<string, SqliteStatement> statements = [];
    private readonly HashSet<(NetworkId, Address)> changed = [];
    private SqliteConnection? prepared;
    private LedgerBook? book;
    private bool dirty;
    private bool checkpointDue;

    public LedgerWriter(LedgerOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
    }

    private LedgerBook Book => book ?? throw new InvalidOperationException("No batch is open.");

    /// <summary>Reads what it must remember; throws when the ledger cannot be gone on with.</summary>
    public void Load(SqliteConnection connection)
    {
        prepared = connection;
        book = LedgerState.Load(connection, Prepare);

        // To write on after a cut tail would hide it.
        var last = connection.ScalarInt64("SELECT max(seq) FROM ledger");
        if (last != book.Entries)
            throw LedgerRows.Unreadable(connection.Path, $"it has {last} entries and should have {book.Entries}");
    }

    public void Begin(SqliteConnection connection, bool changedElsewhere)
    {
        if (book is null || changedElsewhere)
            Load(connection);
        dirty = false;
        changed.Clear();
    }

    public AppendResult Append(EncodedAppend encoded)
    {
        var append = encoded.Append;
        var tail = Tail(encoded);
        switch (LedgerBook.Judge(append, tail))
        {
            case AppendStatus.Conflict:
                return new AppendResult(AppendStatus.Conflict, Read(encoded));
            case AppendStatus.Appended:
                var entry = Book.Seal(encoded, tail, time.GetUtcNow());
                Insert(encoded, entry);
                PutOpen(entry, tail);
                Book.Apply(entry, tail);
                if (LedgerTransitions.MovesMoney(append.Kind))
                    changed.Add((append.Payment.Network, append.Payment.Asset));
                dirty = true;
                return new AppendResult(AppendStatus.Appended, entry);
            default:
                return new AppendResult(AppendStatus.IllegalTransition, null);
        }
    }

    /// <summary>Asks for a checkpoint at the end of this batch.</summary>
    public void RequestCheckpoint() => checkpointDue = true;

    public void Closing(SqliteConnection connection) => RequestCheckpoint();

    public void BeforeCommit(SqliteConnection connection)
    {
        if (options.Signer is { } signer
            && (checkpointDue || Book.Entries - Book.CheckpointedEntries >= options.CheckpointEntries)
            && Book.Sign(signer, time.GetUtcNow()) is { } checkpoint)
        {
            Insert(checkpoint);
            dirty = true;
        }

        checkpointDue = false;
        if (!dirty)
            return;
        Span<byte> accumulator = stackalloc byte[Hash32.Size];
        Book.Accumulator.CopyTo(accumulator);
        Prepare(LedgerSql.PutHead).Bind(1, Book.Entries).Bind(2, Book.Orders).Bind(3, accumulator).Bind(4, Book.Checkpoints).Run();
        foreach (var (network, asset) in changed)
            PutTotals(network, asset, Book.Sums.For(network, asset));
    }

    /// <summary>The file is as it was before the batch; the next one reads it again.</summary>
    public void RolledBack() => book = null;

    private SqliteStatement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements.Add(sql, statement = prepared!.Prepare(sql));
        return statement;
    }

    private OrderTail? Tail(EncodedAppend encoded)
    {
        if (Book.Open.TryGetValue(encoded.Append.Payment, out var open))
            return open;
        var row = BindOrder(Prepare(LedgerSql.Tail), encoded);
        try
        {
            if (!row.Step())
                return null;
            if (!LedgerRows.TryReadKind(row, 1, out var kind) || !LedgerRows.TryReadAmount(row, 2, out var amount)
                || !LedgerRows.TryReadHash(row, 3, out var hash))
                throw LedgerRows.Unreadable(prepared!.Path, $"entry {row.GetInt64(4)}");

            // The order has ended, so nobody will ask for its first entry.
            return new OrderTail(0, row.GetInt64(4), (int)row.GetInt64(0), kind, amount, hash);
        }
        finally
        {
            row.Reset();
        }
    }

    private LedgerEntry? Read(EncodedAppend encoded)
    {
        var row = BindOrder(Prepare(LedgerSql.ReadIndex), encoded).Bind(5, encoded.Append.Index);
        try
        {
            return row.Step() ? LedgerRows.Read(row, prepared!.Path) : null;
        }
        finally
        {
            row.Reset();
        }
    }

    private void Insert(EncodedAppend encoded, LedgerEntry entry)
    {
        Span<byte> previous = stackalloc byte[Hash32.Size];
        entry.PreviousHash.CopyTo(previous);
        Span<byte> hash = stackalloc byte[Hash32.Size];
        entry.Hash.CopyTo(hash);
        Prepare(LedgerSql.Insert)
            .Bind(1, entry.Sequence)
            .BindUtf8(2, encoded.Network).BindUtf8(3, encoded.Asset).BindUtf8(4, encoded.Payer).BindUtf8(5, encoded.Nonce)
            .Bind(6, entry.Index).Bind(7, (long)entry.Kind).Bind(8, entry.At.ToUnixTimeMilliseconds())
            .BindUtf8(9, encoded.Agent).BindUtf8(10, encoded.Amount).BindUtf8(11, encoded.Reference)
            .Bind(12, entry.Body.Span).Bind(13, previous).Bind(14, hash)
            .Run();
    }

    private void PutOpen(LedgerEntry entry, in OrderTail? tail)
    {
        if (tail is not { } last)
            Prepare(LedgerSql.InsertOpen).Bind(1, entry.Sequence).Bind(2, entry.Sequence).Run();
        else if (LedgerTransitions.IsEnd(entry.Kind))
            Prepare(LedgerSql.DeleteOpen).Bind(1, last.First).Run();
        else
            Prepare(LedgerSql.UpdateOpen).Bind(1, last.First).Bind(2, entry.Sequence).Run();
    }

    private void PutTotals(NetworkId network, Address asset, AssetSums sums) => Prepare(LedgerSql.PutTotals)
        .Bind(1, network.ToString()).Bind(2, asset.ToLowerHex()).Bind(3, sums.In.ToString()).Bind(4, sums.Delivered.ToString())
        .Bind(5, sums.Refunded.ToString()).Bind(6, sums.Held.ToString()).Run();

    private void Insert(LedgerCheckpoint checkpoint) => Prepare(LedgerSql.InsertCheckpoint)
        .Bind(1, checkpoint.Number).Bind(2, checkpoint.Sequence).Bind(3, checkpoint.Accumulator.ToArray())
        .Bind(4, checkpoint.At.ToUnixTimeMilliseconds()).Bind(5, checkpoint.PreviousHash.ToArray())
        .Bind(6, checkpoint.Hash.ToArray()).Bind(7, checkpoint.Signer.ToLowerHex()).Bind(8, checkpoint.Signature.Span).Run();

    private static SqliteStatement BindOrder(SqliteStatement statement, EncodedAppend encoded) => statement
        .BindUtf8(1, encoded.Network).BindUtf8(2, encoded.Asset).BindUtf8(3, encoded.Payer).BindUtf8(4, encoded.Nonce);
}
