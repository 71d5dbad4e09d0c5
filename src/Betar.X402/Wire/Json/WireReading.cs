using System.Globalization;
using System.Text.Json;
using Betar.X402.Protocol.Json;

namespace Betar.X402.Wire.Json;

/// <summary>The messages of version 2, and what both versions share.</summary>
internal static class WireReading
{
    internal const int MaxKinds = 256;
    private const int MaxTags = 32;
    private const int MaxItems = 1000;

    internal static PaymentDemand Demand(JsonMembers members, WireLimits limits) => Version(members) == WireVersions.First
        ? V1Reading.Demand(members, limits)
        : new PaymentDemand
        {
            Error = members.OptionalText("error"),
            Resource = Resource(members.Object("resource")),
            Accepts = NotEmpty(members.List("accepts", limits.MaxAccepts, item => Requirement(new JsonMembers(item)))),
            Extensions = members.OptionalObject("extensions"),
        };

    internal static PaymentPayload Payment(JsonMembers members)
    {
        if (Version(members) == WireVersions.First)
        {
            return V1Reading.Payment(members);
        }

        var accepted = Requirement(members.Object("accepted"));
        return new PaymentPayload
        {
            Scheme = accepted.Scheme,
            Network = accepted.Network,
            Accepted = accepted,
            Resource = members.OptionalObject("resource") is { } resource ? Resource(new JsonMembers(resource)) : null,
            Payload = members.Object("payload").Element,
            Extensions = members.OptionalObject("extensions"),
        };
    }

    internal static Requirement Requirement(JsonMembers members) => new()
    {
        Scheme = members.Text("scheme"),
        Network = members.Text("network"),
        Amount = members.Text("amount"),
        Asset = members.Text("asset"),
        PayTo = members.Text("payTo"),
        MaxTimeoutSeconds = members.Integer("maxTimeoutSeconds"),
        Extra = members.OptionalObject("extra"),
    };

    internal static ResourceInfo Resource(JsonMembers members) => Resource(members, members.Text("url"));

    internal static FacilitatorCall Call(JsonMembers members)
    {
        var payment = Payment(members.Object("paymentPayload"));
        if (members.OptionalInteger("x402Version") is { } version && version != payment.Version)
        {
            throw new MalformedMessageException("The versions of the call and of its payment differ.");
        }

        var requirement = members.Object("paymentRequirements");
        return payment.Version == WireVersions.First
            ? new FacilitatorCall { Payment = payment, Requirement = V1Reading.Requirement(requirement), Resource = V1Reading.Resource(requirement) }
            : new FacilitatorCall { Payment = payment, Requirement = Requirement(requirement), Resource = payment.Resource };
    }

    internal static VerifyResponse Verified(JsonMembers members) => new()
    {
        IsValid = members.Flag("isValid"),
        InvalidReason = members.OptionalText("invalidReason"),
        InvalidMessage = members.OptionalText("invalidMessage"),
        Payer = members.OptionalText("payer"),
        Extra = members.OptionalObject("extra"),
    };

    internal static SettleResponse Settled(JsonMembers members) => new()
    {
        Success = members.Flag("success"),
        ErrorReason = members.OptionalText("errorReason"),
        ErrorMessage = members.OptionalText("errorMessage"),
        Payer = members.OptionalText("payer"),
        Transaction = members.OptionalText("transaction") ?? "",
        Network = V1Networks.ToCaip2(members.OptionalText("network") ?? ""),
        Amount = members.OptionalText("amount"),
        Extensions = members.OptionalObject("extensions"),
        Extra = members.OptionalObject("extra"),
    };

    internal static SupportedKinds Supported(JsonMembers members) => new()
    {
        Kinds = members.List("kinds", MaxKinds, static item => Kind(new JsonMembers(item))),
        Extensions = members.Texts("extensions", MaxKinds),
        Signers = members.OptionalObject("signers") is { } signers ? Signers(signers) : new Dictionary<string, IReadOnlyList<string>>(),
    };

    internal static DiscoveryPage Discovery(JsonMembers members, WireLimits limits)
    {
        var pagination = members.Object("pagination");
        return new DiscoveryPage(
            members.List("items", MaxItems, item => Item(new JsonMembers(item), limits)),
            (int)Math.Clamp(pagination.Integer("limit"), 0, int.MaxValue),
            (int)Math.Clamp(pagination.Integer("offset"), 0, int.MaxValue),
            (int)Math.Clamp(pagination.Integer("total"), 0, int.MaxValue));
    }

    private static DiscoveredResource Item(JsonMembers members, WireLimits limits) => new()
    {
        Resource = Resource(members, members.Text("resource")),
        Type = members.Text("type"),
        Version = (int)members.Integer("x402Version"),
        Accepts = members.List("accepts", limits.MaxAccepts, item => Requirement(new JsonMembers(item))),
        LastUpdated = Time(members.Value("lastUpdated")),
        Extensions = members.OptionalObject("extensions"),
    };

    private static ResourceInfo Resource(JsonMembers members, string url) => new()
    {
        Url = url,
        Description = members.OptionalText("description"),
        MimeType = members.OptionalText("mimeType"),
        ServiceName = members.OptionalText("serviceName"),
        IconUrl = members.OptionalText("iconUrl"),
        Tags = members.Texts("tags", MaxTags),
    };

    // The specification has a Unix number here, the SDK a text.
    private static DateTimeOffset Time(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        JsonValueKind.Number when value.TryGetInt64(out var seconds) && seconds is >= 0 and < 253402300800 => DateTimeOffset.FromUnixTimeSeconds(seconds),
        _ => throw new MalformedMessageException("lastUpdated is no time."),
    };

    private static SupportedKind Kind(JsonMembers members) =>
        new((int)Version(members), members.Text("scheme"), V1Networks.ToCaip2(members.Text("network"))) { Extra = members.OptionalObject("extra") };

    private static Dictionary<string, IReadOnlyList<string>> Signers(JsonElement signers) => signers.GetPropertyCount() > MaxKinds
        ? throw new MalformedMessageException("There are too many signers.")
        : signers.EnumerateObject().ToDictionary(
            member => member.Name, member => (IReadOnlyList<string>)new JsonMembers(signers).Texts(member.Name, MaxKinds), StringComparer.Ordinal);

    private static long Version(JsonMembers members) => members.Integer("x402Version") is var version && WireVersions.IsKnown(version)
        ? version
        : throw new UnknownVersionException();

    private static List<Requirement> NotEmpty(List<Requirement> accepts) =>
        accepts.Count > 0 ? accepts : throw new MalformedMessageException("Nothing is accepted.");
}
