using Betar.Ethereum.Networks;
using Betar.Node.Anvil;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.X402;

namespace Betar.Node.Cli.Ledger;

/// <summary>The chain on which a ledger's entries happened.</summary>
internal static class LedgerChains
{
    /// <summary>The folder's own chains: a ledger that lost all its entries still has them against it.</summary>
    public static IEnumerable<NetworkId> OfFolder(CommandContext context)
    {
        if (File.Exists(context.Data.DevnetDatabase))
            yield return NetworkId.BaseSepolia;
        if (DevnetInfo.ReadAnvil(context.Data) is { } anvil)
            yield return new NetworkId(anvil.ChainId);
    }

    public static async Task<Checked<ChainLink>> OpenAsync(CommandContext context, NetworkId network, NodeContext shared, CancellationToken cancellation)
    {
        var catalog = NetworksFile.Load(context.Data);
        if (!catalog.IsOk)
            return catalog.Refusal;
        var name = NameOf(context, network);
        if (!catalog.Value.TryFind(name, out ChainNetwork? known))
            return ErrorCatalog.BadNetwork.Refuse($"The ledger has entries of {network}, which is not known here", "add it to networks.json");
        if (name == ChainOpener.Anvil && DevnetInfo.ReadAnvil(context.Data) is null)
            return ErrorCatalog.ChainUnreachable.Refuse($"No anvil runs for {context.Data.Root}, and the ledger has entries of it", "a chain of anvil ends with its process; leave --chain out");
        return await ChainOpener.OpenAsync(context.Data, known, shared, cancellation);
    }

    /// <summary>The devnet stands in for another chain: where the folder has one, its entries happened there.</summary>
    private static string NameOf(CommandContext context, NetworkId network) =>
        network.ChainId == AnvilProcess.ChainId ? ChainOpener.Anvil
        : network == NetworkId.BaseSepolia && File.Exists(context.Data.DevnetDatabase) ? ChainOpener.Devnet
        : network.ToString();
}
