using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>What the chains say of channels, in blocks that stand deep enough. Null is no answer.</summary>
internal sealed class ClaimChains(IChains chains, ChannelClaimOptions options)
{
    internal async Task<ChannelStanding?> StandingAsync(PaymentChannel channel, CancellationToken cancellationToken) =>
        await AtAsync(channel.Network, cancellationToken) is { } chain && (await chain.OfChannelAsync(channel.Id, cancellationToken)).TryGetValue(out var standing)
            ? standing
            : null;

    internal async Task<bool?> IsLeavingAsync(PaymentChannel channel, CancellationToken cancellationToken) =>
        await AtAsync(channel.Network, cancellationToken) is { } chain && (await chain.IsWithdrawingAsync(channel.Id, cancellationToken)).TryGetValue(out var isLeaving)
            ? isLeaving
            : null;

    internal async Task<AtomicAmount?> DueAsync(NetworkId network, Address receiver, Address token, CancellationToken cancellationToken) =>
        await AtAsync(network, cancellationToken) is { } chain && (await chain.DueAsync(receiver, token, cancellationToken)).TryGetValue(out var due)
            ? due
            : null;

    /// <summary>Whether the contract would take it now.</summary>
    internal async Task<bool?> WouldTakeAsync(NetworkId network, ContractCall call, CancellationToken cancellationToken)
    {
        if (!chains.TryFind(network, out var chain))
        {
            return null;
        }

        var simulation = await chain.CallAsync(call.ToCallRequest(), cancellationToken);
        return simulation.IsValue ? true : simulation.Error is { IsRevert: true } ? false : null;
    }

    private async Task<BatchChain?> AtAsync(NetworkId network, CancellationToken cancellationToken)
    {
        if (!chains.TryFind(network, out var chain))
        {
            return null;
        }

        if (options.Confirmations == 1)
        {
            return new BatchChain(chain);
        }

        try
        {
            var head = await chain.GetBlockNumberAsync(cancellationToken);
            var above = (ulong)options.Confirmations - 1;
            return new BatchChain(chain, BlockTag.Number(head > above ? head - above : 0));
        }
        catch (ChainUnavailableException)
        {
            return null;
        }
    }
}
