using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Betar.X402.Wire.Json;

/// <summary>The messages in the member order of the official packages.</summary>
internal static class WireWriting
{
    // As JSON.stringify writes: nothing is escaped that need not be. It goes into headers and JSON bodies, never into a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 64 };

    internal static byte[] Write<T>(T message, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer, message);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    internal static void Demand(Utf8JsonWriter writer, PaymentDemand demand)
    {
        writer.WriteNumber("x402Version", demand.Version);
        Text(writer, "error", demand.Error);
        if (demand.Version != WireVersions.First)
        {
            writer.WriteStartObject("resource");
            Resource(writer, demand.Resource);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("accepts");
        foreach (var accepted in demand.Accepts)
        {
            writer.WriteStartObject();
            Requirement(writer, accepted, demand.Version, demand.Resource);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (demand.Version != WireVersions.First)
        {
            Element(writer, "extensions", demand.Extensions);
        }
    }

    internal static void Payment(Utf8JsonWriter writer, PaymentPayload payment)
    {
        writer.WriteNumber("x402Version", payment.Version);
        if (payment.Version == WireVersions.First)
        {
            writer.WriteString("scheme", payment.Scheme);
            writer.WriteString("network", V1Networks.FromCaip2(payment.Network));
            Element(writer, "payload", payment.Payload);
            return;
        }

        Element(writer, "payload", payment.Payload);
        if (payment.Resource is { } resource)
        {
            writer.WriteStartObject("resource");
            Resource(writer, resource);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("accepted");
        Requirement(writer, payment.Accepted ?? throw new ArgumentException("A payment of version 2 names the offer that it accepts."), payment.Version, null);
        writer.WriteEndObject();
        Element(writer, "extensions", payment.Extensions);
    }

    internal static void Call(Utf8JsonWriter writer, FacilitatorCall call)
    {
        writer.WriteNumber("x402Version", call.Payment.Version);
        writer.WriteStartObject("paymentPayload");
        Payment(writer, call.Payment);
        writer.WriteEndObject();
        writer.WriteStartObject("paymentRequirements");
        Requirement(writer, call.Requirement, call.Payment.Version, call.Resource);
        writer.WriteEndObject();
    }

    internal static void Verified(Utf8JsonWriter writer, VerifyResponse response)
    {
        writer.WriteBoolean("isValid", response.IsValid);
        Text(writer, "invalidReason", response.InvalidReason);
        Text(writer, "invalidMessage", response.InvalidMessage);
        Text(writer, "payer", response.Payer);
        Element(writer, "extra", response.Extra);
    }

    internal static void Settled(Utf8JsonWriter writer, SettleResponse response, int version)
    {
        writer.WriteBoolean("success", response.Success);
        Text(writer, "errorReason", response.ErrorReason);
        Text(writer, "errorMessage", response.ErrorMessage);
        Text(writer, "payer", response.Payer);
        writer.WriteString("transaction", response.Transaction);
        writer.WriteString("network", Network(response.Network, version));
        Text(writer, "amount", response.Amount);
        Element(writer, "extensions", response.Extensions);
        Element(writer, "extra", response.Extra);
    }

    internal static void Supported(Utf8JsonWriter writer, SupportedKinds supported)
    {
        writer.WriteStartArray("kinds");
        foreach (var kind in supported.Kinds)
        {
            writer.WriteStartObject();
            writer.WriteNumber("x402Version", kind.Version);
            writer.WriteString("scheme", kind.Scheme);
            writer.WriteString("network", Network(kind.Network, kind.Version));
            Element(writer, "extra", kind.Extra);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Texts(writer, "extensions", supported.Extensions);
        writer.WriteStartObject("signers");
        foreach (var (family, accounts) in supported.Signers)
        {
            Texts(writer, family, accounts);
        }

        writer.WriteEndObject();
    }

    internal static void Discovery(Utf8JsonWriter writer, DiscoveryPage page)
    {
        writer.WriteNumber("x402Version", WireVersions.Current);
        writer.WriteStartArray("items");
        foreach (var item in page.Items)
        {
            writer.WriteStartObject();
            Item(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("pagination");
        writer.WriteNumber("limit", page.Limit);
        writer.WriteNumber("offset", page.Offset);
        writer.WriteNumber("total", page.Total);
        writer.WriteEndObject();
    }

    private static void Item(Utf8JsonWriter writer, DiscoveredResource item)
    {
        writer.WriteString("resource", item.Resource.Url);
        writer.WriteString("type", item.Type);
        writer.WriteNumber("x402Version", item.Version);
        writer.WriteStartArray("accepts");
        foreach (var accepted in item.Accepts)
        {
            writer.WriteStartObject();
            Requirement(writer, accepted, WireVersions.Current, null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("lastUpdated", item.LastUpdated.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Describe(writer, item.Resource);
        Element(writer, "extensions", item.Extensions);
    }

    private static void Requirement(Utf8JsonWriter writer, Requirement requirement, int version, ResourceInfo? resource)
    {
        writer.WriteString("scheme", requirement.Scheme);
        writer.WriteString("network", Network(requirement.Network, version));
        if (version == WireVersions.First)
        {
            writer.WriteString("maxAmountRequired", requirement.Amount);
            writer.WriteString("resource", resource?.Url ?? "");
            writer.WriteString("description", resource?.Description ?? "");
            writer.WriteString("mimeType", resource?.MimeType ?? "");
            writer.WriteString("payTo", requirement.PayTo);
            writer.WriteNumber("maxTimeoutSeconds", requirement.MaxTimeoutSeconds);
            writer.WriteString("asset", requirement.Asset);
        }
        else
        {
            writer.WriteString("amount", requirement.Amount);
            writer.WriteString("asset", requirement.Asset);
            writer.WriteString("payTo", requirement.PayTo);
            writer.WriteNumber("maxTimeoutSeconds", requirement.MaxTimeoutSeconds);
        }

        Element(writer, "extra", requirement.Extra);
    }

    private static void Resource(Utf8JsonWriter writer, ResourceInfo resource)
    {
        writer.WriteString("url", resource.Url);
        Describe(writer, resource);
    }

    private static void Describe(Utf8JsonWriter writer, ResourceInfo resource)
    {
        Text(writer, "description", resource.Description);
        Text(writer, "mimeType", resource.MimeType);
        Text(writer, "serviceName", resource.ServiceName);
        Text(writer, "iconUrl", resource.IconUrl);
        if (resource.Tags.Count > 0)
        {
            Texts(writer, "tags", resource.Tags);
        }
    }

    private static string Network(string network, int version) => version == WireVersions.First ? V1Networks.FromCaip2(network) : network;

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static void Element(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is { } element)
        {
            writer.WritePropertyName(name);
            element.WriteTo(writer);
        }
    }
}
