using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Betar.Ethereum;

/// <summary>Reads a contract's interface from JSON. Total.</summary>
internal static class ContractAbiReader
{
    const int MaxEntries = 4096;

    static readonly JsonDocumentOptions _options = new() { MaxDepth = 32 };

    internal static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out ContractAbi? abi, [NotNullWhen(false)] out string? fault)
    {
        abi = null;
        try
        {
            using var document = JsonDocument.Parse(json, _options);
            fault = Read(document.RootElement, out abi);
        }
        catch (JsonException)
        {
            fault = "it is no JSON";
        }
        catch (InvalidOperationException)
        {
            // The framework's answer to a text that is half a character.
            fault = "a text is no UTF-8";
        }

        return abi is not null && fault is null;
    }

    static string? Read(JsonElement root, out ContractAbi? abi)
    {
        abi = null;
        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() > MaxEntries)
            return $"it is no array of at most {MaxEntries} entries";
        IReadOnlyList<AbiParameter> constructor = [];
        var functions = new List<AbiFunction>();
        var events = new List<AbiEvent>();
        var errors = new List<AbiError>();
        foreach (var entry in root.EnumerateArray())
        {
            var name = Text(entry, "name") ?? "";
            if (Parameters(entry, "inputs") is not { } inputs || Parameters(entry, "outputs") is not { } outputs)
                return $"the parameters of {name} cannot be read";
            switch (Text(entry, "type"))
            {
                case "function":
                    functions.Add(new AbiFunction(name, inputs, outputs));
                    break;
                case "event":
                    events.Add(new AbiEvent(name, inputs, Flag(entry, "anonymous")));
                    break;
                case "error":
                    errors.Add(new AbiError(name, inputs));
                    break;
                case "constructor":
                    constructor = inputs;
                    break;
                case "fallback" or "receive":
                    break;
                default:
                    return $"an entry of type {Text(entry, "type") ?? "nothing"}";
            }
        }

        abi = new ContractAbi(constructor, functions, events, errors);
        return null;
    }

    static List<AbiParameter>? Parameters(JsonElement owner, string member)
    {
        var parameters = new List<AbiParameter>();
        if (!TryGet(owner, member, JsonValueKind.Array, out var list))
            return parameters;
        foreach (var item in list.EnumerateArray())
        {
            if (Text(item, "type") is not { } written || TypeName(item, written) is not { } name || !AbiType.TryParse(name, out var type))
                return null;
            parameters.Add(new AbiParameter(Text(item, "name") ?? "", type, Flag(item, "indexed")));
        }

        return parameters;
    }

    // "tuple[2]" beside its components becomes "(…)[2]".
    static string? TypeName(JsonElement parameter, string written)
    {
        const string Tuple = "tuple";
        if (!written.StartsWith(Tuple, StringComparison.Ordinal))
            return written;
        return Parameters(parameter, "components") is { } components
            ? $"({string.Join(',', components.Select(component => component.Type))}){written[Tuple.Length..]}"
            : null;
    }

    static string? Text(JsonElement owner, string member) => TryGet(owner, member, JsonValueKind.String, out var value) ? value.GetString() : null;

    static bool Flag(JsonElement owner, string member) => TryGet(owner, member, JsonValueKind.True, out _);

    static bool TryGet(JsonElement owner, string member, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out value) && value.ValueKind == kind;
    }
}
