using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Verification;

namespace Betar.Storage.Channels;

/// <summary>One step of a channel: judged and written in one transaction.</summary>
internal sealed class ChannelCharge(
    PreparedStatements statements, PaymentChannel channel, AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step,
    DateTimeOffset now, CancellationToken cancellation)
    : WriteOperation<(VerificationOutcome Outcome, ChannelState? State)>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        var state = ChannelRows.Read(statements.Get(connection, ChannelRows.Select), channel.Id, connection.Path);
        if (ChannelRules.IsRepeat(state, maxClaimable, step))
        {
            Result = (VerificationOutcome.Accepted, state);
            return;
        }

        var outcome = ChannelRules.CheckCharge(state, maxClaimable, amount);
        if (outcome.IsAccepted)
        {
            state = state!.Charge(channel, maxClaimable, signature, amount, step, now);
            ChannelRows.Write(statements.Get(connection, ChannelRows.Put), state);
        }

        Result = (outcome, state);
    }
}
