using System.Text;
using Betar.Grains.Abstractions.Agents;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Records;
using Betar.Marketplace.Selling;
using Betar.X402.Networks;
using Betar.X402.Protocol;

namespace Betar.Node.Presence;

/// <summary>
/// How the fleet's agents are listed: what they can do, for how much, and where they are reached. What does not fit into a signed record is left out
/// of it, from the end; the agent itself judges its tasks by all of its spec.
/// </summary>
internal sealed class ListedAgents(PaymentAsset asset, Func<IReadOnlyList<Multiaddr>> addresses)
{
    /// <summary>Of a record's bytes those that skills may take; the rest is for name, description, addresses and signature.</summary>
    private const int SkillBytes = 24 * 1024;

    private static readonly RecordLimits s_limits = new();
    private static readonly IReadOnlyList<string> s_protocols = [StreamProtocol.Id];

    private readonly string _network = asset.Network.ToString();
    private readonly string _token = asset.Address.ToString();
    private Reach _reach = new([], []);
    private TaskBounds _bounds = new();

    public ListingOffer Of(AgentSpec spec) => new()
    {
        Id = spec.AgentId,
        Name = spec.Name,
        Description = Cut(TokenPriceText.Beside(spec.Description, spec), s_limits.MaxDescriptionBytes),
        Price = spec.Price,
        Payee = spec.PayTo,
        Network = _network,
        Token = _token,
        Addresses = AddressTexts(),
        Protocols = s_protocols,
        Skills = spec.Skills.Count == 0 ? Array.Empty<ListingSkill>() : SkillsOf(spec),
        Bounds = BoundsOf(spec),
        KeepsFailed = spec.KeepsFailed,
    };

    /// <summary>One list for all agents as long as the addresses stay the same.</summary>
    private IReadOnlyList<string> AddressTexts()
    {
        IReadOnlyList<Multiaddr> now = addresses();
        if (!ReferenceEquals(_reach.Addresses, now))
            _reach = new Reach(now, [.. now.Select(address => address.WithoutPeer().ToString())]);
        return _reach.Texts;
    }

    private TaskBounds BoundsOf(AgentSpec spec)
    {
        var bounds = new TaskBounds(MaxSeconds: (ulong)spec.TimeoutSeconds, MaxConcurrent: (ulong)spec.MaxConcurrency);
        return _bounds == bounds ? _bounds : _bounds = bounds;
    }

    private static List<ListingSkill> SkillsOf(AgentSpec spec)
    {
        List<ListingSkill> skills = [];
        int left = SkillBytes;
        foreach (AgentSkill skill in spec.Skills.Take(s_limits.MaxItems))
        {
            ListingSkill listed = SkillOf(skill);
            left -= BytesOf(listed);
            if (left < 0)
                break;
            skills.Add(listed);
        }
        return skills;
    }

    private static ListingSkill SkillOf(AgentSkill skill) => new(
        Cut(skill.SkillId, s_limits.MaxTextBytes),
        Cut(skill.Name, s_limits.MaxTextBytes),
        Cut(skill.Description, s_limits.MaxDescriptionBytes),
        [.. skill.Tags.Take(s_limits.MaxItems).Select(tag => Cut(tag, s_limits.MaxTextBytes))],
        Whole(skill.InputSchema),
        Whole(skill.OutputSchema));

    /// <summary>A part of a schema is none.</summary>
    private static string Whole(string schema) => Encoding.UTF8.GetByteCount(schema) <= s_limits.MaxSchemaBytes ? schema : "";

    private static string Cut(string text, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text;
        var kept = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            maxBytes -= rune.Utf8SequenceLength;
            if (maxBytes < 0)
                break;
            kept.Append(rune);
        }
        return kept.ToString();
    }

    private static int BytesOf(ListingSkill skill) =>
        new[] { skill.Id, skill.Name, skill.Description, skill.InputSchema, skill.OutputSchema }.Concat(skill.Tags).Sum(text => Encoding.UTF8.GetByteCount(text) + 4);

    private sealed record Reach(IReadOnlyList<Multiaddr> Addresses, IReadOnlyList<string> Texts);
}
