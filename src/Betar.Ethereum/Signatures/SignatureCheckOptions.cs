namespace Betar.Ethereum;

/// <summary>Whose signatures are taken. Those of accounts with a key always are.</summary>
public sealed class SignatureCheckOptions
{
    /// <summary>Whether wallets that are contracts are asked (EIP-1271): their word may be another one later. Default false.</summary>
    public bool AllowContractWallets { get; init; }

    /// <summary>Whether wallets that are yet to be created are asked (ERC-6492); needs AllowContractWallets and AllowedFactories. Default false.</summary>
    public bool AllowUndeployedWallets { get; init; }

    /// <summary>Contracts that may create such wallets: what they are called with comes from the signer. Default none.</summary>
    public IReadOnlyCollection<Address> AllowedFactories { get; init; } = [];

    /// <summary>Bytes of one signature, its wrapping included. 65 to 65,536. Default 4,096.</summary>
    public int MaxSignatureBytes { get; init; } = 4_096;

    /// <summary>Every fault of the values, all at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (AllowUndeployedWallets && !AllowContractWallets)
            faults.Add("AllowUndeployedWallets needs AllowContractWallets.");
        if (AllowUndeployedWallets && AllowedFactories.Count == 0)
            faults.Add("AllowUndeployedWallets needs AllowedFactories.");
        if (MaxSignatureBytes is < 65 or > 65_536)
            faults.Add("MaxSignatureBytes is 65 to 65,536.");
        return faults;
    }
}
