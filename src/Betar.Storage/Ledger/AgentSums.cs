using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>
/// What one agent's sales came to, of one token. The agent's entries are added up by kind and amount in the store: most sales have the same price, so
/// that a few rows come back however much was sold.
/// </summary>
/// <param name="Orders">Sales over libp2p that were delivered.</param>
/// <param name="Earned">What they came to.</param>
/// <param name="Refunded">What went back of others.</param>
/// <param name="WebSales">Sales over HTTP that were delivered.</param>
/// <param name="WebEarned">What was kept of them.</param>
public sealed record AgentSums(long Orders, AtomicAmount Earned, AtomicAmount Refunded, long WebSales, AtomicAmount WebEarned)
{
    private const string OfLedger = "SELECT amount, count(*) FROM ledger WHERE agent = ?1 AND kind = ?2 AND network = ?3 AND asset = ?4 GROUP BY amount";
    private const string OfWeb = "SELECT kept, count(*) FROM web_sale WHERE sold = ?1 AND token = ?3 AND payment LIKE ?2 || '/%' AND kept <> '0' GROUP BY kept";

    /// <exception cref="StorageException">An amount in the store cannot be read.</exception>
    public static async Task<AgentSums> ReadAsync(BetarDatabase database, string agentId, NetworkId network, Address asset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        return await database.ReadAsync((agentId, network, asset), Read, cancellationToken).ConfigureAwait(false);
    }

    private static AgentSums Read(Reader reader, (string Agent, NetworkId Network, Address Asset) of)
    {
        string network = of.Network.ToString(), asset = of.Asset.ToLowerHex();
        var (orders, earned) = Sum(reader, Ledger(LedgerKind.Delivered));
        var (_, refunded) = Sum(reader, Ledger(LedgerKind.Refunded));
        var (sales, kept) = Sum(reader, reader.Prepare(OfWeb).Bind(1, of.Agent).Bind(2, network).Bind(3, of.Asset.ToString()));
        return new AgentSums(orders, earned, refunded, sales, kept);

        SqliteStatement Ledger(LedgerKind kind) => reader.Prepare(OfLedger).Bind(1, of.Agent).Bind(2, (long)kind).Bind(3, network).Bind(4, asset);
    }

    private static (long Count, AtomicAmount Sum) Sum(Reader reader, SqliteStatement row)
    {
        var (count, sum) = (0L, UInt256.Zero);
        try
        {
            while (row.Step())
            {
                if (!AtomicAmount.TryParse(row.GetText(0), out var amount))
                    throw new StorageException(StorageFailure.Corrupt, $"An amount in {reader.Connection.Path} cannot be read; restore the file from a backup.");
                count += row.GetInt64(1);
                sum += amount.Units * (ulong)row.GetInt64(1);
            }

            return (count, new AtomicAmount(sum));
        }
        finally
        {
            row.Reset();
        }
    }
}
