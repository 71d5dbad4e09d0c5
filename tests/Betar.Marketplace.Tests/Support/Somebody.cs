using Betar.Libp2p.Identity;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;

namespace Betar.Marketplace.Tests.Support;

/// <summary>A seller with its key, and what it might say.</summary>
internal sealed class Somebody : IDisposable
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Somebody(byte seed) => Key = IdentityKey.FromEd25519Seed([.. Enumerable.Repeat(seed, 32)]);

    public IdentityKey Key { get; }

    public PeerId Peer => Key.PeerId;

    public string Id(string name = "alpha") => AgentDid.Derive(name, Key.PublicKey.Data.Span);

    public Listing Listing(string name = "alpha", string price = "0.001") => new()
    {
        Id = Id(name),
        Name = name,
        Price = price,
        Metadata = "",
        SellerId = Peer.ToString(),
        Addresses = ["/ip4/192.168.1.5/tcp/4001"],
        Protocols = ["/x402/libp2p/1.0.0"],
        Timestamp = Start.ToUnixTimeSeconds(),
    };

    public ListingRecord Record(string name = "alpha", ulong version = 1) => new()
    {
        Id = Id(name),
        Seller = Peer,
        Version = version,
        IssuedAt = Start,
        ExpiresAt = Start + TimeSpan.FromDays(7),
        Name = name,
        Description = "Adds numbers.",
        Payee = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        Price = 1000,
        Network = "eip155:84532",
        Token = "0x036CbD53842c5426634e7929541eC2318f3dCF7e",
        Addresses = ["/ip4/192.168.1.5/tcp/4001"],
        Protocols = ["/x402/libp2p/1.0.0"],
        Skills = [new ListingSkill("add", "Addition", "Adds two numbers", ["math", "sum"], """{"type":"object"}""", """{"type":"number"}""")],
        Bounds = new TaskBounds(65_536, 1_048_576, 30, 64),
        Level = new ServiceLevel(250, 9_990, 60),
    };

    public SignedListing Sign(ListingRecord record) => SignedListing.Seal(Key, record);

    public SignedListing Sign(string name = "alpha", ulong version = 1) => Sign(Record(name, version));

    public void Dispose() => Key.Dispose();
}
