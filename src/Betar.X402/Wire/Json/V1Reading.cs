using Betar.X402.Protocol.Json;

namespace Betar.X402.Wire.Json;

/// <summary>Version 1, turned into version 2 as it is read.</summary>
internal static class V1Reading
{
    internal static PaymentDemand Demand(JsonMembers members, WireLimits limits)
    {
        var accepts = members.List("accepts", limits.MaxAccepts, static item => new JsonMembers(item));
        return accepts.Count == 0
            ? throw new MalformedMessageException("Nothing is accepted.")
            : new PaymentDemand
            {
                Version = WireVersions.First,
                Error = members.TextIfAny("error"),
                Resource = Resource(accepts[0]),
                Accepts = [.. accepts.Select(Requirement)],
            };
    }

    internal static PaymentPayload Payment(JsonMembers members) => new()
    {
        Version = WireVersions.First,
        Scheme = members.Text("scheme"),
        Network = V1Networks.ToCaip2(members.Text("network")),
        Payload = members.Object("payload").Element,
    };

    internal static Requirement Requirement(JsonMembers members) => new()
    {
        Scheme = members.Text("scheme"),
        Network = V1Networks.ToCaip2(members.Text("network")),
        Amount = members.Text("maxAmountRequired"),
        Asset = members.Text("asset"),
        PayTo = members.Text("payTo"),
        MaxTimeoutSeconds = members.Integer("maxTimeoutSeconds"),
        Extra = members.OptionalObject("extra"),
    };

    internal static ResourceInfo Resource(JsonMembers members) => new()
    {
        Url = members.OptionalText("resource") ?? "",
        Description = members.OptionalText("description"),
        MimeType = members.OptionalText("mimeType"),
    };
}
