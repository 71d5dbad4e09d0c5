using Betar.X402.Settling;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Facilitating;

/// <summary>A payment whose fate is not known yet is asked about by whoever signed it, and for what it was signed.</summary>
public sealed class PendingSettlementTests : IDisposable
{
    private readonly FacilitatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Nobody_has_it_at_another_price_or_for_another_payee()
    {
        _bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Pending(ScriptedChannel.Transaction));
        var call = _bench.Call();
        Assert.True((await _bench.Facilitator.SettleAsync(call, "mine", default)).IsPending);
        _bench.Channel.Known = SettlementOutcome.Settled(ScriptedChannel.Transaction);

        var cheaper = await _bench.Facilitator.SettleAsync(call with { Requirement = call.Requirement with { Amount = "49999" } }, "mine", default);
        var elsewhere = await _bench.Facilitator.SettleAsync(call with { Requirement = call.Requirement with { PayTo = Vectors.Other } }, "mine", default);

        Assert.Equal((false, "invalid_exact_evm_payload_authorization_value_mismatch"), (cheaper.Success, cheaper.ErrorReason));
        Assert.Equal((false, "invalid_exact_evm_recipient_mismatch"), (elsewhere.Success, elsewhere.ErrorReason));
        Assert.Equal((1, 0), (_bench.Channel.Settled.Count, _bench.Channel.LookedUp));
    }
}
