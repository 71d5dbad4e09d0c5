using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Grains.Settlement;
using Betar.Node.Errors;
using Betar.X402;
using Betar.X402.Networks;

namespace Betar.Node.Composition;

/// <summary>The chain that a node settles on, its client, and the token in which it is paid.</summary>
internal sealed class ChainLink(ChainNetwork network, IChainClient client, NodeParts parts) : IAsyncDisposable
{
    public ChainNetwork Network { get; } = network;

    public IChainClient Client { get; } = client;

    public PaymentAsset Asset { get; } = new(new NetworkId(network.ChainId), network.Usdc, network.DomainName, network.DomainVersion);

    /// <summary>What this node accepts and pays with: the token of this chain.</summary>
    public PaymentAssets Assets => field ??= new PaymentAssets([Asset]);

    public Eip3009Token Token { get; } = new(client, network.Usdc);

    /// <summary>What is offered for gas: nothing where test money comes from, else the chain's own price.</summary>
    public required IGasFees Fees { get; init; }

    /// <summary>Where test money comes from; null where there is none.</summary>
    public ITestFaucet? Faucet { get; init; }

    /// <summary>Ends the chain when this process started it and it would go on without us; not asked for, it outlives its users, as a chain does.</summary>
    public Func<Task> StopAsync { get; init; } = () => Task.CompletedTask;

    /// <summary>Fills the account up to the amount where test money is to be had; one that has as much is left alone.</summary>
    public async Task FillAsync(Address account, AtomicAmount upTo, CancellationToken cancellationToken)
    {
        if (Faucet is null)
            return;
        RpcOutcome<UInt256> balance = await Token.BalanceOfAsync(account, cancellationToken);
        if (!balance.IsValue)
            throw new CliRefusedException(ErrorCatalog.ChainUnreachable.Refuse($"The balance of {account} cannot be read: {balance.Describe()}"));
        var held = new AtomicAmount(balance.Value);
        if (held < upTo)
            await Faucet.FundAsync(account, upTo - held, cancellationToken);
    }

    /// <summary>Whether all of these contracts stand on the chain.</summary>
    /// <exception cref="ChainUnavailableException">It did not answer.</exception>
    public async Task<bool> HasAsync(IEnumerable<Address> contracts, CancellationToken cancellationToken)
    {
        foreach (Address contract in contracts)
            if ((await Client.GetCodeAsync(contract, cancellationToken)).Length == 0)
                return false;
        return true;
    }

    public Task FundAsync(FundRequest request, CancellationToken cancellationToken) => Faucet is { } faucet
        ? faucet.FundAsync(request.Account, request.Amount, cancellationToken)
        : throw new CliRefusedException(ErrorCatalog.BadOptionValue.Refuse($"--fund: {Network.Name} gives no test money", "leave the option out"));

    public ValueTask DisposeAsync() => parts.DisposeAsync();
}
