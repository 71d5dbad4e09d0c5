using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>Runs of claims as rows.</summary>
internal static class ClaimRunRows
{
    public static List<ClaimRun> ReadOpen(Reader reader)
    {
        var path = reader.Connection.Path;
        var row = reader.Prepare("SELECT id, network, due, since FROM claim_run ORDER BY since, id");
        var open = new List<ClaimRun>();
        try
        {
            while (row.Step())
            {
                var id = ChannelRows.IdOf(row, 0, path);
                open.Add(NetworkId.TryParse(row.GetText(1), out var network) && AtomicAmount.TryParse(row.GetText(2), out var due)
                    ? new ClaimRun(new Nonce(id), network, ReadClaims(reader, id, path), due, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)))
                    : throw ChannelRows.Unreadable(id, path));
            }

            return open;
        }
        finally
        {
            row.Reset();
        }
    }

    private static List<BatchClaim> ReadClaims(Reader reader, Hash32 run, string path)
    {
        var row = reader.Prepare("SELECT config, max, signature, total FROM claim_entry WHERE run = ?1 ORDER BY place").Bind(1, run.ToArray());
        var claims = new List<BatchClaim>();
        try
        {
            while (row.Step())
            {
                claims.Add(ChannelConfigBytes.Read(row.GetBlob(0)) is { } config
                    && AtomicAmount.TryParse(row.GetText(1), out var max) && AtomicAmount.TryParse(row.GetText(3), out var total)
                    ? new BatchClaim(config, max, row.GetBlob(2).ToArray(), total)
                    : throw ChannelRows.Unreadable(run, path));
            }

            return claims.Count > 0 ? claims : throw ChannelRows.Unreadable(run, path);
        }
        finally
        {
            row.Reset();
        }
    }
}
