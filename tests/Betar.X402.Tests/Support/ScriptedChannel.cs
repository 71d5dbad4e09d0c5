using Betar.Ethereum;
using Betar.X402.Settling;

namespace Betar.X402.Tests.Support;

/// <summary>A channel that says what a test tells it to, when the test tells it to.</summary>
internal sealed class ScriptedChannel : ISettlementChannel
{
    internal static readonly Hash32 Transaction = Hash32.Parse("0xda5f0d208542156645dffe5db70778d65d0602ddc0eb9794144187103f69ac99");

    internal List<SettlementRequest> Settled { get; } = [];

    internal int LookedUp { get; private set; }

    internal Func<SettlementRequest, CancellationToken, Task<SettlementOutcome>> Answer { get; set; } =
        (_, _) => Task.FromResult(SettlementOutcome.Settled(Transaction));

    internal SettlementOutcome Known { get; set; } = new(SettlementStatus.Unused);

    public Task<SettlementOutcome> SettleAsync(SettlementRequest request, CancellationToken cancellationToken)
    {
        lock (Settled)
            Settled.Add(request);
        return Answer(request, cancellationToken);
    }

    public Task<SettlementOutcome> LookUpAsync(SettlementRequest request, CancellationToken cancellationToken)
    {
        LookedUp++;
        return Task.FromResult(Known);
    }
}
