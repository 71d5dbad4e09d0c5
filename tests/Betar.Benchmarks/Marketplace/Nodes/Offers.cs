using Betar.Libp2p.Identity;
using Betar.Marketplace.Records;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Selling;

namespace Betar.Benchmarks.Marketplace.Nodes;

/// <summary>What the nodes of a bench sell: all of the same kind, told apart by name and price.</summary>
internal static class Offers
{
    public static string IdOf(IdentityKey seller, string name) => AgentDid.Derive(name, seller.PublicKey.Data.Span);

    public static ListingOffer Of(IdentityKey seller, string name, ulong price) => new()
    {
        Id = IdOf(seller, name),
        Name = name,
        Description = "Translates texts of up to a thousand words.",
        Price = price,
        Payee = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        Network = "eip155:84532",
        Token = "0x036CbD53842c5426634e7929541eC2318f3dCF7e",
        Addresses = ["/ip4/192.0.2.1/tcp/4001"],
        Protocols = ["/x402/libp2p/1.0.0"],
        Skills = [new ListingSkill("translate", "translate", "Translates.", ["translate", "language"])],
    };
}
