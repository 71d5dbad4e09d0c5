using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Verification;

namespace Betar.Storage.Channels;

/// <summary>One step of a channel: judged and written in one transaction.</summary>
internal sealed class ChannelCharge(
    PreparedStatements statements, Hash32 channel, AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step, CancellationToken cancellation)
    : WriteOperation<(VerificationOutcome Outcome, ChannelState? State)>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        var state = ChannelRows.Read(statements.Get(connection, ChannelRows.Select), channel, connection.Path);
        if (ChannelRules.IsRepeat(state, maxClaimable, step))
        {
            Result = (VerificationOutcome.Accepted, state);
            return;
        }

        var outcome = ChannelRules.CheckCharge(state, maxClaimable, amount);
        if (outcome.IsAccepted)
        {
            state = state!.Charge(maxClaimable, signature, amount, step);
            ChannelRows.Write(statements.Get(connection, ChannelRows.Put), state);
        }

        Result = (outcome, state);
    }
}
