using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Protocol;
using Betar.X402.Protocol.Json;
using Betar.X402.Wire;
using Betar.X402.Wire.Json;

namespace Betar.X402.Extensions.SignInWithX;

/// <summary>A signed message as it travels in the header "sign-in-with-x". Until it is too old it is as good as a password: it is never printed.</summary>
public sealed record SignInPayload(SignInMessage Message, string Signature)
{
    public const string HeaderName = SignInExtension.Id;

    private const string Type = "eip191";

    /// <summary>Any text gives a payload or a refusal. Only messages of EIP-155 accounts are read, and only well-formed ones.</summary>
    public static Parsed<SignInPayload> ParseHeader(string header, WireLimits? limits = null)
    {
        var bounds = limits ?? WireLimits.Default;
        return PaymentHeaders.TryDecode(header, bounds.MaxHeaderLength, out var json)
            ? WireCodec.Parse(json, bounds, static (members, _) => Read(members))
            : Parsed<SignInPayload>.Refused("The header is not standard padded base64, or too long.");
    }

    public string ToHeader() => PaymentHeaders.Encode(WireWriting.Write(this, static (writer, payload) => payload.Write(writer)));

    public override string ToString() => $"sign-in of {Message.Address} at {Message.Domain}";

    private static SignInPayload Read(JsonMembers members)
    {
        if (members.Text("type") != Type || members.Text("version") != SignInMessage.Version
            || (members.OptionalText("signatureScheme") is { } scheme && scheme != Type)
            || !NetworkId.TryParse(members.Text("chainId"), out var network) || !Address.TryParse(members.Text("address"), out var address))
        {
            throw new MalformedMessageException("It is no message of version 1, signed by the key of an account.");
        }

        var message = new SignInMessage(members.Text("domain"), address, members.Text("uri"), network.ChainId, members.Text("nonce"), members.Text("issuedAt"))
        {
            Statement = members.OptionalText("statement"),
            ExpirationTime = members.OptionalText("expirationTime"),
            NotBefore = members.OptionalText("notBefore"),
            RequestId = members.OptionalText("requestId"),
            Resources = members.Texts("resources", SignInMessage.MaxResources),
        };
        return message.IsWellFormed
            ? new SignInPayload(message, members.Text("signature"))
            : throw new MalformedMessageException("A field is empty, too long, or holds control characters.");
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("domain", Message.Domain);
        writer.WriteString("address", Message.Address.ToString());
        Optional(writer, "statement", Message.Statement);
        writer.WriteString("uri", Message.Uri);
        writer.WriteString("version", SignInMessage.Version);
        writer.WriteString("chainId", new NetworkId(Message.ChainId).ToString());
        writer.WriteString("type", Type);
        writer.WriteString("nonce", Message.Nonce);
        writer.WriteString("issuedAt", Message.IssuedAt);
        Optional(writer, "expirationTime", Message.ExpirationTime);
        Optional(writer, "notBefore", Message.NotBefore);
        Optional(writer, "requestId", Message.RequestId);
        if (Message.Resources.Count > 0)
        {
            writer.WriteStartArray("resources");
            foreach (var resource in Message.Resources)
            {
                writer.WriteStringValue(resource);
            }

            writer.WriteEndArray();
        }

        writer.WriteString("signature", Signature);
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
