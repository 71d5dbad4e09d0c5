using System.Text;
using System.Text.Json;

namespace Betar.Ethereum.Networks;

/// <summary>
/// The members of one JSON object. Every fault of a member is told once; a value is never repeated, because it may be a secret, and what nobody
/// asked for is a fault, because a misspelt name would otherwise change nothing in silence.
/// </summary>
internal sealed class NetworkMembers
{
    readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    readonly NetworkFaults _faults;
    readonly string _place;

    internal NetworkMembers(JsonElement element, string place, NetworkFaults faults)
    {
        (_place, _faults) = (place, faults);
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{place} is no object.");
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
                faults.Add($"{place} has a member twice.");
        }
    }

    internal IEnumerable<(string Name, JsonElement Value)> All() => _members.Select(member => (member.Key, member.Value));

    internal NetworkMembers? Object(string name) => Ask(name) is { } element ? new NetworkMembers(element, $"{_place}: {name}", _faults) : null;

    internal string? Text(string name, int maxBytes)
    {
        if (Ask(name) is not { } element)
            return null;
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text && Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text;
        return Fault<string>(name, $"is a text of 1 to {maxBytes} bytes");
    }

    internal long? Integer(string name, long least, long most)
    {
        if (Ask(name) is not { } element)
            return null;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) && value >= least && value <= most)
            return value;
        _faults.Add($"{_place}: {name} is a whole number, {least} to {most}.");
        return null;
    }

    internal bool? Boolean(string name)
    {
        if (Ask(name) is not { } element)
            return null;
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return element.GetBoolean();
        _faults.Add($"{_place}: {name} is true or false.");
        return null;
    }

    internal Address? Address(string name)
    {
        if (Ask(name) is not { } element)
            return null;
        if (element.ValueKind == JsonValueKind.String && Ethereum.Address.TryParse(element.GetString(), out var address))
            return address;
        _faults.Add($"{_place}: {name} is 0x and 40 hex digits with a right checksum.");
        return null;
    }

    internal IReadOnlyList<Uri>? Urls(string name, int maxCount, int maxLength)
    {
        if (Ask(name) is not { } element)
            return null;
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > maxCount)
            return Fault<IReadOnlyList<Uri>>(name, $"is a list of at most {maxCount} addresses");
        var urls = new List<Uri>();
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !TryUrl(item.GetString()!, maxLength, out var url))
                return Fault<IReadOnlyList<Uri>>(name, "holds something that is no address of http or https");
            urls.Add(url);
        }

        return urls;
    }

    internal void Need(string name, bool given)
    {
        // A member that is there and wrong has its fault already.
        if (!given && !_members.ContainsKey(name.Split('.')[0]))
            _faults.Add($"{_place}: {name} is missing.");
        else if (!given && name.Contains('.', StringComparison.Ordinal))
            _faults.Add($"{_place}: {name} is missing or of no use.");
    }

    internal void RefuseOthers()
    {
        foreach (var name in _members.Keys.Where(name => !_asked.Contains(name)))
            _faults.Add($"{_place}: nobody knows the member {Shown(name)}.");
    }

    internal static bool TryUrl(string text, int maxLength, out Uri url) =>
        Uri.TryCreate(text.Length <= maxLength ? text : "", UriKind.Absolute, out url!)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.Host.Length > 0;

    static string Shown(string name) =>
        name.Length is > 0 and <= 32 && name.All(char.IsAsciiLetterOrDigit) ? name : "whose name cannot be shown";

    JsonElement? Ask(string name)
    {
        _asked.Add(name);
        return _members.TryGetValue(name, out var element) ? element : null;
    }

    T? Fault<T>(string name, string rule)
        where T : class
    {
        _faults.Add($"{_place}: {name} {rule}.");
        return null;
    }
}
