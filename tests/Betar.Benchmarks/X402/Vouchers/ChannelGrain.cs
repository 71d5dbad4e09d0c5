using Betar.Benchmarks.Grains;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;
using Orleans;
using Orleans.Runtime;

namespace Betar.Benchmarks.X402.Vouchers;

internal sealed class ChannelGrain([PersistentState("channel", StateSetup.Provider)] IPersistentState<ChannelAccount> state) : Grain, IChannelGrain
{
    public Task<ChannelAccount> Read() => Task.FromResult(state.State);

    public async Task Open(string balance)
    {
        state.State.Balance = balance;
        await state.WriteStateAsync();
    }

    public async Task<ChannelAccount?> Charge(string maxClaimable, byte[] signature, string amount)
    {
        ChannelState channel = GrainChannelBook.StateOf(Hash32.Parse(this.GetPrimaryKeyString()), state.State);
        AtomicAmount max = AtomicAmount.Parse(maxClaimable), price = AtomicAmount.Parse(amount);
        if (!ChannelRules.CheckCharge(channel, max, price).IsAccepted)
            return null;
        state.State.Charged = (channel.Charged + price).ToString();
        state.State.SignedMax = maxClaimable;
        state.State.Signature = signature;
        await state.WriteStateAsync();
        return state.State;
    }
}
