using System.Text.Json;
using Betar.X402.Protocol;
using Betar.X402.Protocol.Json;
using Betar.X402.Wire.Json;

namespace Betar.X402.Wire;

/// <summary>JSON of both versions. Reading is total: any bytes give a message or a refusal, within the limits.</summary>
public static class WireCodec
{
    /// <summary>The one fault that has a reason of its own in the protocol.</summary>
    public const string UnknownVersion = "The message's version is not known.";

    public static Parsed<PaymentDemand> ParseDemand(ReadOnlySpan<byte> json, WireLimits? limits = null) =>
        Parse(json, Bounds(limits), WireReading.Demand);

    public static Parsed<PaymentPayload> ParsePayment(ReadOnlySpan<byte> json, WireLimits? limits = null) =>
        Parse(json, Bounds(limits), static (members, _) => WireReading.Payment(members));

    public static Parsed<FacilitatorCall> ParseCall(ReadOnlySpan<byte> json, WireLimits? limits = null) =>
        Parse(json, Bounds(limits), static (members, _) => WireReading.Call(members));

    public static Parsed<VerifyResponse> ParseVerified(ReadOnlySpan<byte> json, WireLimits? limits = null) =>
        Parse(json, Bounds(limits), static (members, _) => WireReading.Verified(members));

    public static Parsed<SettleResponse> ParseSettled(ReadOnlySpan<byte> json, WireLimits? limits = null) =>
        Parse(json, Bounds(limits), static (members, _) => WireReading.Settled(members));

    public static Parsed<SupportedKinds> ParseSupported(ReadOnlySpan<byte> json, WireLimits? limits = null) =>
        Parse(json, Bounds(limits), static (members, _) => WireReading.Supported(members));

    public static Parsed<DiscoveryPage> ParseDiscovery(ReadOnlySpan<byte> json, WireLimits? limits = null) =>
        Parse(json, Bounds(limits), WireReading.Discovery);

    /// <summary>From a header: base64 first.</summary>
    public static Parsed<PaymentPayload> ParsePaymentHeader(string header, WireLimits? limits = null) =>
        PaymentHeaders.TryDecode(header, Bounds(limits).MaxHeaderLength, out var json) ? ParsePayment(json, limits) : NotBase64<PaymentPayload>();

    public static Parsed<PaymentDemand> ParseDemandHeader(string header, WireLimits? limits = null) =>
        PaymentHeaders.TryDecode(header, Bounds(limits).MaxHeaderLength, out var json) ? ParseDemand(json, limits) : NotBase64<PaymentDemand>();

    public static Parsed<SettleResponse> ParseSettledHeader(string header, WireLimits? limits = null) =>
        PaymentHeaders.TryDecode(header, Bounds(limits).MaxHeaderLength, out var json) ? ParseSettled(json, limits) : NotBase64<SettleResponse>();

    public static byte[] Write(PaymentDemand demand) => WireWriting.Write(demand, WireWriting.Demand);

    public static byte[] Write(PaymentPayload payment) => WireWriting.Write(payment, WireWriting.Payment);

    public static byte[] Write(FacilitatorCall call) => WireWriting.Write(call, WireWriting.Call);

    public static byte[] Write(VerifyResponse response) => WireWriting.Write(response, WireWriting.Verified);

    public static byte[] Write(SettleResponse response, int version = WireVersions.Current) =>
        WireWriting.Write(response, (writer, message) => WireWriting.Settled(writer, message, version));

    public static byte[] Write(SupportedKinds supported) => WireWriting.Write(supported, WireWriting.Supported);

    public static byte[] Write(DiscoveryPage page) => WireWriting.Write(page, WireWriting.Discovery);

    internal static Parsed<T> Parse<T>(ReadOnlySpan<byte> json, WireLimits limits, Func<JsonMembers, WireLimits, T> read)
        where T : class
    {
        if (json.Length > limits.MaxBodyLength)
        {
            return Parsed<T>.Refused("The message is too long.");
        }

        try
        {
            return Parsed<T>.Ok(read(JsonMembers.Parse(json), limits));
        }
        catch (UnknownVersionException)
        {
            return Parsed<T>.Refused(UnknownVersion);
        }
        catch (MalformedMessageException malformed)
        {
            return Parsed<T>.Refused(malformed.Message);
        }
        catch (JsonException)
        {
            return Parsed<T>.Refused("The message is not JSON, or holds a member twice.");
        }
        catch (InvalidOperationException)
        {
            // The framework's way to report strings that hold half of a surrogate pair.
            return Parsed<T>.Refused("The message holds text that is not Unicode.");
        }
    }

    private static WireLimits Bounds(WireLimits? limits) => limits ?? WireLimits.Default;

    private static Parsed<T> NotBase64<T>()
        where T : class => Parsed<T>.Refused("The header is not standard padded base64, or too long.");
}
