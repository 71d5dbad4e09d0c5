using Betar.Ethereum.Devnet;

namespace Betar.Ethereum.Networks;

/// <summary>Reads one network of the file.</summary>
internal static class NetworkEntry
{
    const long MaxChainId = (1L << 53) - 1;
    const int MaxDomainBytes = 64;
    const int MaxDecimals = 36;
    const int MaxConfirmations = 10_000;
    const int MaxRpcUrls = 16;
    const int MaxUrlLength = 512;

    /// <summary>Null when a member is missing or of no use; the faults then say which.</summary>
    /// <param name="known">The network that goes by this name already.</param>
    internal static ChainNetwork? Read(string name, NetworkMembers members, ChainNetwork? known, NetworkFaults faults)
    {
        var before = faults.Count;
        var chainId = members.Integer("chainId", 1, MaxChainId) is { } id ? (ulong)id : known?.ChainId;
        var carriesValue = members.Boolean("carriesValue") ?? known?.CarriesValue;
        var usdc = members.Address("usdc") ?? known?.Usdc;
        var domain = members.Object("domain");
        var domainName = domain?.Text("name", MaxDomainBytes) ?? known?.DomainName;
        var domainVersion = domain?.Text("version", MaxDomainBytes) ?? known?.DomainVersion;
        var decimals = members.Integer("decimals", 0, MaxDecimals) ?? known?.Decimals;
        var confirmations = members.Integer("confirmations", 1, MaxConfirmations) ?? known?.Confirmations;
        var explorer = members.Text("explorer", MaxUrlLength) ?? known?.Explorer;
        var urls = members.Urls("rpc", MaxRpcUrls, MaxUrlLength) ?? known?.RpcUrls ?? [];
        domain?.RefuseOthers();
        members.RefuseOthers();

        members.Need("chainId", chainId is not null);
        members.Need("carriesValue", carriesValue is not null);
        members.Need("usdc", usdc is not null);
        members.Need("domain.name", domainName is not null);
        members.Need("domain.version", domainVersion is not null);
        members.Need("decimals", decimals is not null);
        members.Need("confirmations", confirmations is not null);
        if (known is not null && chainId != known.ChainId)
            faults.Add($"{name} is chain {known.ChainId} and stays it: give another chain another name.");
        if (chainId is { } chain && carriesValue == false && ValueChains.Contains(chain))
            faults.Add($"{name}: chain {chain} carries real value.");
        if (usdc is { IsZero: true })
            faults.Add($"{name}: usdc is not the zero address.");
        if (explorer is not null && !NetworkMembers.TryUrl(explorer, MaxUrlLength, out _))
            faults.Add($"{name}: explorer is an address of http or https.");
        if (faults.Count > before)
            return null;
        return new ChainNetwork
        {
            Name = name,
            ChainId = chainId!.Value,
            CarriesValue = carriesValue!.Value,
            Usdc = usdc!.Value,
            DomainName = domainName!,
            DomainVersion = domainVersion!,
            Decimals = (int)decimals!.Value,
            Confirmations = (int)confirmations!.Value,
            Explorer = explorer?.TrimEnd('/'),
            RpcUrls = urls,
        };
    }
}
