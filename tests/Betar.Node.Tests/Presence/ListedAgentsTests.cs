using System.Text;
using Betar.Grains.Abstractions.Agents;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;
using Betar.Marketplace.Selling;
using Betar.Node.Presence;
using Betar.X402.Networks;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.Presence;

public sealed class ListedAgentsTests
{
    private static readonly IdentityKey s_key = IdentityKey.FromEd25519Seed(new byte[32]);

    private IReadOnlyList<Multiaddr> _addresses = [Multiaddr.Parse($"/ip4/127.0.0.1/tcp/4001/p2p/{s_key.PeerId}")];

    private ListedAgents Listed => field ??= new ListedAgents(PaymentAsset.BaseSepoliaUsdc, () => _addresses);

    [Fact]
    public void All_that_buyers_search_for_is_in_the_listing()
    {
        ListingOffer offer = Listed.Of(Spec() with { TimeoutSeconds = 90, MaxConcurrency = 3, Skills = [Skill("sum")] });

        Assert.Equal(("Adds numbers.", "1000", "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1"), (offer.Description, offer.Price.ToString(), offer.Payee));
        Assert.Equal(new ListingSkill("sum", "Sum", "Adds.", ["math"], """{"type":"string"}""", ""), Assert.Single(offer.Skills));
        Assert.Equal(new TaskBounds(MaxSeconds: 90, MaxConcurrent: 3), offer.Bounds);
        Assert.Equal(["/ip4/127.0.0.1/tcp/4001"], offer.Addresses);
        Assert.Equal([StreamProtocol.Id], offer.Protocols);
    }

    [Fact]
    public void Agents_share_what_they_have_in_common()
    {
        ListingOffer one = Listed.Of(Spec()), other = Listed.Of(Spec() with { AgentId = "did:2" });

        Assert.Same(one.Addresses, other.Addresses);
        Assert.Same(one.Protocols, other.Protocols);
        Assert.Same(one.Network, other.Network);
        Assert.Same(one.Token, other.Token);
        Assert.Same(one.Bounds, other.Bounds);
    }

    [Fact]
    public void Addresses_that_change_are_listed_anew()
    {
        _ = Listed.Of(Spec());
        _addresses = [Multiaddr.Parse("/ip4/127.0.0.1/tcp/4002")];

        Assert.Equal(["/ip4/127.0.0.1/tcp/4002"], Listed.Of(Spec()).Addresses);
    }

    [Fact]
    public void What_does_not_fit_is_left_out_and_the_record_is_believed()
    {
        string schema = $$"""{"type":"string","description":"{{new string('x', 8_000)}}"}""";
        AgentSpec spec = Spec() with
        {
            AgentId = AgentDid.Derive("adder", s_key.PublicKey.Data.Span),
            Description = new string('€', 5_000),
            Skills = [.. Enumerable.Range(0, 40).Select(n => Skill($"s{n}") with { InputSchema = schema })],
        };

        ListingOffer offer = Listed.Of(spec);

        Assert.Equal(3, offer.Skills.Count);
        Assert.Equal(4_095, Encoding.UTF8.GetByteCount(offer.Description));
        Assert.True(SignedListing.TrySeal(s_key, new ListingRecord(offer, s_key.PeerId, 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)), out _, out RecordFault fault), $"{fault}");
    }

    [Fact]
    public void More_skills_than_a_record_takes_are_cut()
    {
        Assert.Equal(32, Listed.Of(Spec() with { Skills = [.. Enumerable.Range(0, 40).Select(n => Skill($"s{n}"))] }).Skills.Count);
    }

    [Fact]
    public void A_schema_that_does_not_fit_is_not_cut_in_the_middle()
    {
        Assert.Equal("", Listed.Of(Spec() with { Skills = [Skill("sum") with { InputSchema = $"\"{new string('x', 9_000)}\"" }] }).Skills[0].InputSchema);
    }

    private static AgentSpec Spec() => new()
    {
        AgentId = "did:1",
        Name = "adder",
        Description = "Adds numbers.",
        PriceAtomic = "1000",
        PayTo = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1",
        ExecutorKind = "builtin",
        ExecutorTarget = "math",
    };

    private static AgentSkill Skill(string id) => new() { SkillId = id, Name = "Sum", Description = "Adds.", Tags = ["math"], InputSchema = """{"type":"string"}""" };
}
