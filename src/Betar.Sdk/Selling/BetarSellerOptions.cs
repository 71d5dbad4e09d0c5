namespace Betar.Sdk.Selling;

/// <summary>Where a seller keeps its things, and how it meets others.</summary>
public sealed class BetarSellerOptions
{
    /// <summary>The data folder: identity, keys, ledger. Default: $BETAR_DATA_DIR, else ~/.betar.</summary>
    public string? DataFolder { get; set; }

    /// <summary>Where payments settle: devnet, anvil, or a network of networks.json. Default devnet.</summary>
    public string Network { get; set; } = "devnet";

    /// <summary>Where peers come in. Default a free port of loopback.</summary>
    public IList<string> Listen { get; } = [];

    /// <summary>Nodes that are dialled, and again whenever they are gone. Default none.</summary>
    public IList<string> Bootstrap { get; } = [];

    /// <summary>Look for nodes on the local network. Default false.</summary>
    public bool Mdns { get; set; }

    /// <summary>Silos in this process. Range 1 to 16; default 1.</summary>
    public int Silos { get; set; } = 1;

    /// <summary>Test money for accounts of the test chain, as "ADDRESS=AMOUNT" in USDC. Default none.</summary>
    public IList<string> Fund { get; } = [];
}
