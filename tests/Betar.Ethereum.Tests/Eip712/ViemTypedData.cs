using System.Text.Json;
using Betar.Ethereum.Eip712;

namespace Betar.Ethereum.Tests.Eip712;

/// <summary>Random messages that viem hashed, from the file beside this one.</summary>
internal sealed record ViemTypedData(TypedStructs Types, TypedDomain Domain, object[] Message, string StructHash, string Digest)
{
    internal const string Root = "Root";

    internal static IReadOnlyList<ViemTypedData> All { get; } = Load();

    static ViemTypedData[] Load()
    {
        using var stream = typeof(ViemTypedData).Assembly.GetManifestResourceStream("viem-typed-data.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(Read)];
    }

    static ViemTypedData Read(JsonElement vector)
    {
        var types = vector.GetProperty("types").EnumerateObject().ToDictionary(
            type => type.Name,
            type => type.Value.EnumerateArray().Select(member => new TypedMember(Text(member, "name")!, Text(member, "type")!)).ToArray());
        var domain = vector.GetProperty("domain");
        return new ViemTypedData(
            TypedStructs.Create(types.Select(type => (type.Key, type.Value))),
            new TypedDomain
            {
                Name = Text(domain, "name"),
                Version = Text(domain, "version"),
                ChainId = domain.TryGetProperty("chainId", out var chain) ? chain.GetUInt64() : null,
                VerifyingContract = Text(domain, "verifyingContract") is { } contract ? Address.Parse(contract) : null,
                Salt = Text(domain, "salt") is { } salt ? Hash32.Parse(salt) : null,
            },
            (object[])Value(types, Root, vector.GetProperty("message")),
            Text(vector, "structHash")!, Text(vector, "digest")!);
    }

    static object Value(Dictionary<string, TypedMember[]> types, string type, JsonElement value)
    {
        if (type.EndsWith(']'))
            return value.EnumerateArray().Select(item => Value(types, type[..type.LastIndexOf('[')], item)).ToArray();
        if (types.TryGetValue(type, out var members))
            return members.Select(member => Value(types, member.Type, value.GetProperty(member.Name))).ToArray();
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        var text = value.GetString()!;
        return type switch
        {
            "string" => text,
            "address" => Address.Parse(text),
            _ when type.StartsWith("uint", StringComparison.Ordinal) => UInt256.Parse(text),
            _ when type.StartsWith("int", StringComparison.Ordinal) => new Int256(text[0] == '-', UInt256.Parse(text.TrimStart('-'))),
            _ => Convert.FromHexString(text.AsSpan(2)),
        };
    }

    static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;
}
