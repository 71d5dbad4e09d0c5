using System.Globalization;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Eip712;
using Betar.X402.Protocol.Json;
using Betar.X402.Verification;
using Betar.X402.Wire.Json;

namespace Betar.X402.Extensions.SignInWithX;

/// <summary>The extension "sign-in-with-x": a server asks, an account answers.</summary>
public static class SignInExtension
{
    public const string Id = "sign-in-with-x";

    private const string Schema = """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"domain":{"type":"string"},"address":{"type":"string"},"statement":{"type":"string"},"uri":{"type":"string","format":"uri"},"version":{"type":"string"},"chainId":{"type":"string"},"type":{"type":"string"},"nonce":{"type":"string"},"issuedAt":{"type":"string","format":"date-time"},"expirationTime":{"type":"string","format":"date-time"},"notBefore":{"type":"string","format":"date-time"},"requestId":{"type":"string"},"resources":{"type":"array","items":{"type":"string","format":"uri"}},"signature":{"type":"string"}},"required":["domain","address","uri","version","chainId","type","nonce","issuedAt","signature"]}
        """;

    /// <summary>For a demand's extensions; the nonce is of <see cref="ISignInNonces"/>.</summary>
    public static JsonElement Declaration(SignInOptions options, Uri resource, string nonce, DateTimeOffset now) => JsonDocument.Parse(WireWriting.Write(options, (writer, settings) =>
    {
        writer.WriteStartObject(Id);
        writer.WriteStartObject("info");
        writer.WriteString("domain", settings.Origin.Authority);
        writer.WriteString("uri", resource.AbsoluteUri);
        writer.WriteString("version", SignInMessage.Version);
        writer.WriteString("nonce", nonce);
        writer.WriteString("issuedAt", Text(now));
        writer.WriteStartArray("resources");
        writer.WriteStringValue(resource.AbsoluteUri);
        writer.WriteEndArray();
        writer.WriteString("expirationTime", Text(now + settings.MaxAge));
        writer.WriteEndObject();
        writer.WriteStartArray("supportedChains");
        foreach (var network in settings.Networks)
        {
            writer.WriteStartObject();
            writer.WriteString("chainId", network.ToString());
            writer.WriteString("type", "eip191");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WritePropertyName("schema");
        writer.WriteRawValue(Schema);
        writer.WriteEndObject();
    })).RootElement;

    /// <summary>The message that a server asks this account to sign; null when it asks for none, or for one that is not its own or not for this chain.</summary>
    public static SignInMessage? Read(JsonElement? extensions, Uri request, Address account, NetworkId network)
    {
        if (extensions is not { ValueKind: JsonValueKind.Object } found || !found.TryGetProperty(Id, out var extension))
        {
            return null;
        }

        try
        {
            var members = new JsonMembers(extension);
            var info = members.Object("info");
            var chains = members.List("supportedChains", SignInMessage.MaxResources, static chain => new JsonMembers(chain).Text("chainId"));
            var message = new SignInMessage(info.Text("domain"), account, info.Text("uri"), network.ChainId, info.Text("nonce"), info.Text("issuedAt"))
            {
                Statement = info.OptionalText("statement"),
                ExpirationTime = info.OptionalText("expirationTime"),
                NotBefore = info.OptionalText("notBefore"),
                RequestId = info.OptionalText("requestId"),
                Resources = info.Texts("resources", SignInMessage.MaxResources),
            };
            return info.Text("version") == SignInMessage.Version && chains.Contains(network.ToString()) && message.IsWellFormed && IsOf(message, request) ? message : null;
        }
        catch (MalformedMessageException)
        {
            return null;
        }
    }

    /// <summary>Signs in. Whoever asked for another server's message gets nothing: <see cref="Read"/> gives none for it.</summary>
    public static SignInPayload Sign(SignInMessage message, PrivateKey key)
    {
        var signature = new byte[PrivateKey.SignatureSize];
        key.Sign(PersonalMessage.Digest(message.ToText()).ToArray(), signature);
        signature[^1] += SignedPaymentReader.FirstV;
        return new SignInPayload(message, "0x" + Convert.ToHexStringLower(signature));
    }

    private static bool IsOf(SignInMessage message, Uri request) =>
        message.Domain == request.Authority && Uri.TryCreate(message.Uri, UriKind.Absolute, out var uri)
        && uri.GetLeftPart(UriPartial.Authority) == request.GetLeftPart(UriPartial.Authority);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
