using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>Writes down a run before it is sent. The result is false when one of its channels is in another.</summary>
internal sealed class ClaimRunBegin(PreparedStatements statements, ClaimRun run, CancellationToken cancellation) : WriteOperation<bool>(cancellation)
{
    private readonly byte[][] channels = [.. run.Channels().Select(id => id.ToArray())];

    public override void Execute(SqliteConnection connection)
    {
        if (channels.Any(channel => IsTaken(connection, channel)))
            return;
        var id = run.Id.Value.ToArray();
        statements.Get(connection, "INSERT INTO claim_run (id, network, due, since) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, id).Bind(2, run.Network.ToString()).Bind(3, run.Due.ToString()).Bind(4, run.Since.ToUnixTimeMilliseconds()).Run();
        for (var place = 0; place < channels.Length; place++)
        {
            var claim = run.Claims[place];
            statements.Get(connection, "INSERT INTO claim_entry (channel, run, place, config, max, signature, total) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
                .Bind(1, channels[place]).Bind(2, id).Bind(3, place).Bind(4, ChannelConfigBytes.Write(claim.Config)).Bind(5, claim.MaxClaimable.ToString())
                .Bind(6, claim.Signature.Span).Bind(7, claim.TotalClaimed.ToString()).Run();
        }

        Result = true;
    }

    private bool IsTaken(SqliteConnection connection, byte[] channel)
    {
        var row = statements.Get(connection, "SELECT 1 FROM claim_entry WHERE channel = ?1").Bind(1, channel);
        try
        {
            return row.Step();
        }
        finally
        {
            row.Reset();
        }
    }
}
