using System.Globalization;
using System.Text.Json;

namespace Betar.Ethereum.Tests.Abi.Codec;

/// <summary>Types and values that another library made up and encoded (viem 2.56.8, 64 random ones).</summary>
internal sealed record AbiVector(IReadOnlyList<AbiType> Types, object[] Values, byte[] Data)
{
    internal static IReadOnlyList<AbiVector> All { get; } = Load();

    private static List<AbiVector> Load()
    {
        using var stream = typeof(AbiVector).Assembly.GetManifestResourceStream("viem-vectors.json")!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.EnumerateArray().Select(Read)];
    }

    private static AbiVector Read(JsonElement vector)
    {
        var types = vector.GetProperty("types").EnumerateArray().Select(type => AbiType.Parse(type.GetString()!)).ToList();
        var values = vector.GetProperty("values").EnumerateArray().Select((value, i) => Value(types[i], value)).ToArray();
        return new AbiVector(types, values, Hex(vector.GetProperty("data")));
    }

    private static object Value(AbiType type, JsonElement value) => type.Kind switch
    {
        AbiKind.Address => new Address(Hex(value)),
        AbiKind.Bool => value.GetBoolean(),
        AbiKind.UnsignedInteger => UInt256.Parse(value.GetString()!),
        AbiKind.SignedInteger => Signed(value.GetString()!),
        AbiKind.FixedBytes or AbiKind.Bytes => Hex(value),
        AbiKind.Text => value.GetString()!,
        AbiKind.Tuple => value.EnumerateArray().Select((item, i) => Value(type.Components[i], item)).ToArray(),
        _ => value.EnumerateArray().Select(item => Value(type.Element!, item)).ToArray(),
    };

    private static object Signed(string text) =>
        text.StartsWith('-') ? new Int256(true, UInt256.Parse(text[1..])) : new Int256(false, UInt256.Parse(text));

    private static byte[] Hex(JsonElement text) => Convert.FromHexString(text.GetString().AsSpan(2));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({string.Join(',', Types)}), {Data.Length} bytes");
}
