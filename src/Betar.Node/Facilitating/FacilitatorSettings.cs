using System.Net;
using Betar.Ethereum;
using Betar.Ethereum.Networks;

namespace Betar.Node.Facilitating;

/// <summary>What a facilitator is started with.</summary>
internal sealed record FacilitatorSettings
{
    public required ChainNetwork Network { get; init; }

    /// <summary>Where it listens; port 0 lets the system choose.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Accounts that send transactions, in rotation. Range 1 to 16; default 1.</summary>
    public int Settlers { get; init; } = 1;

    /// <summary>Transfers that go in one transaction when they wait at the same moment. Range 1 to 64; default 1: each goes alone.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Sellers whose payments are settled; null: everybody's, and each of them spends this facilitator's gas.</summary>
    public IReadOnlyCollection<Address>? Payees { get; init; }

    /// <summary>The PaymentVault that is paid into; null: that of a test chain.</summary>
    public Address? Vault { get; init; }

    /// <summary>Requests of one address in a minute; beyond it they are turned away. Range 1 to 1,000,000; default 6,000.</summary>
    public int PerMinute { get; init; } = 6_000;

    /// <summary>Signed payments of one payer in a minute. Range 1 to 1,000,000; default 6,000.</summary>
    public int PayerPerMinute { get; init; } = 6_000;

    /// <summary>Settlements under way at once. Range 1 to 1,000,000; default 4,096.</summary>
    public int MaxSettles { get; init; } = 4_096;

    /// <summary>Longest request in bytes. Range 4,096 to 16 MiB; default 64 KiB.</summary>
    public int MaxBody { get; init; } = 64 * 1024;

    /// <summary>How long requests that were begun may take after it was told to stop. Range 0 to 10 minutes; default 65 s: longer than a settlement waits.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(65);
}
