namespace Betar.Storage.Ledger;

internal static class LedgerSql
{
    public const string Columns =
        "seq, network, asset, payer, nonce, idx, kind, at, agent, amount, reference, body, previous_hash, hash";

    public const string ColumnsWithoutBody =
        "seq, network, asset, payer, nonce, idx, kind, at, agent, amount, reference, x'' AS body, previous_hash, hash";

    private const string Order = "network=?1 AND asset=?2 AND payer=?3 AND nonce=?4";

    public const string Insert = $"INSERT INTO ledger ({Columns}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)";
    public const string ReadOrder = $"SELECT {Columns} FROM ledger WHERE {Order} ORDER BY idx";
    public const string ReadIndex = $"SELECT {Columns} FROM ledger WHERE {Order} AND idx=?5";
    public const string Tail = $"SELECT idx, kind, amount, hash, seq FROM ledger WHERE {Order} ORDER BY idx DESC LIMIT 1";
    public const string Exists = $"SELECT 1 FROM ledger WHERE {Order} LIMIT 1";
    public const string ReadAll = $"SELECT {Columns} FROM ledger ORDER BY seq";

    /// <summary>Clocks step back at times, so it is the least of all; the index alone answers it.</summary>
    public const string FirstSince = "SELECT min(seq) FROM ledger INDEXED BY ledger_by_time WHERE at>=?1";

    /// <summary>The newest of all that are older; for the same reason.</summary>
    public const string LastUntil = "SELECT max(seq) FROM ledger INDEXED BY ledger_by_time WHERE at<?1";

    public const string InsertOpen = "INSERT INTO ledger_open (first, last) VALUES (?1, ?2)";
    public const string UpdateOpen = "UPDATE ledger_open SET last=?2 WHERE first=?1";
    public const string DeleteOpen = "DELETE FROM ledger_open WHERE first=?1";
    public const string ReadOpen =
        "SELECT o.first, l.seq, l.network, l.asset, l.payer, l.nonce, l.idx, l.kind, l.amount, l.hash"
        + " FROM ledger_open o JOIN ledger l ON l.seq=o.last ORDER BY o.first";
    public const string ReadOpenRows = "SELECT first, last FROM ledger_open ORDER BY first";

    public const string PutTotals =
        "INSERT OR REPLACE INTO ledger_totals (network, asset, came_in, delivered, refunded, held) VALUES (?1,?2,?3,?4,?5,?6)";
    public const string ReadTotals = "SELECT network, asset, came_in, delivered, refunded, held FROM ledger_totals";
    public const string PutHead = "UPDATE ledger_head SET entries=?1, orders=?2, accumulator=?3, checkpoints=?4 WHERE id=1";
    public const string ReadHead = "SELECT entries, orders, accumulator, checkpoints FROM ledger_head WHERE id=1";

    private const string CheckpointColumns = "number, seq, accumulator, at, previous_hash, hash, signer, signature";

    public const string InsertCheckpoint = $"INSERT INTO ledger_checkpoint ({CheckpointColumns}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)";
    public const string ReadCheckpoints = $"SELECT {CheckpointColumns} FROM ledger_checkpoint ORDER BY number";
    public const string LastCheckpoint = "SELECT seq, hash FROM ledger_checkpoint ORDER BY number DESC LIMIT 1";
}
