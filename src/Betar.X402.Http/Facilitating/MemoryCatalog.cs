using System.Text.Json;
using Betar.X402.Wire;

namespace Betar.X402.Http.Facilitating;

/// <summary>What was sold through this facilitator by sellers that say so ("bazaar"). All of it is strangers' text.</summary>
public sealed class MemoryCatalog : IResourceCatalog
{
    internal const string Bazaar = "bazaar";
    private static readonly string[] Schemes = ["http", "https", "mcp"];

    private readonly CatalogOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DiscoveredResource> _entries = new(StringComparer.Ordinal);

    public MemoryCatalog(CatalogOptions options, TimeProvider time)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_options, _time) = (options, time);
    }

    /// <summary>Takes what a settled payment says of its resource; false when it says nothing that can be shown.</summary>
    public bool TryAdd(FacilitatorCall call) => call.Resource is { } resource && TryPut(new DiscoveredResource
    {
        Resource = resource, Type = "", Version = call.Payment.Version, Accepts = [call.Requirement], LastUpdated = _time.GetUtcNow(), Extensions = call.Payment.Extensions,
    });

    /// <summary>Takes an entry that was shown before; the same bounds hold.</summary>
    public bool TryPut(DiscoveredResource entry)
    {
        if (entry.Accepts is not [var accepted] || Read(entry.Extensions) is not { } found || KeyOf(entry.Resource, found.Method, accepted) is not { } key)
        {
            return false;
        }

        lock (_gate)
        {
            if (!_entries.ContainsKey(key))
            {
                MakeRoom(accepted.PayTo);
            }

            _entries[key] = entry with { Type = found.Type, Extensions = found.Extensions };
        }

        return true;
    }

    public Task<DiscoveryPage> FindAsync(CatalogQuery query, CancellationToken cancellationToken)
    {
        List<DiscoveredResource> found;
        var oldest = _time.GetUtcNow() - _options.Keep;
        lock (_gate)
        {
            found = [.. _entries.Values.Where(entry => entry.LastUpdated > oldest && Matches(entry, query))
                .OrderByDescending(entry => entry.LastUpdated).ThenBy(entry => entry.Resource.Url, StringComparer.Ordinal)];
        }

        return Task.FromResult(new DiscoveryPage([.. found.Skip(query.Offset).Take(query.Limit)], query.Limit, query.Offset, found.Count));
    }

    // A payee pushes out its own entries before those of others.
    private void MakeRoom(string payee)
    {
        var own = _entries.Where(entry => entry.Value.Accepts[0].PayTo.Equals(payee, StringComparison.OrdinalIgnoreCase)).ToList();
        if (own.Count >= _options.MaxPerPayee)
        {
            _entries.Remove(own.MinBy(old => old.Value.LastUpdated).Key);
        }
        else if (_entries.Count >= _options.MaxEntries)
        {
            _entries.Remove(_entries.MinBy(old => old.Value.LastUpdated).Key);
        }
    }

    private static bool Matches(DiscoveredResource entry, CatalogQuery query) =>
        (query.Type is null || query.Type == entry.Type)
        && entry.Accepts.Any(accepted =>
            (query.PayTo is null || query.PayTo.Equals(accepted.PayTo, StringComparison.OrdinalIgnoreCase))
            && (query.Scheme is null || query.Scheme == accepted.Scheme)
            && (query.Network is null || query.Network == accepted.Network));

    private (string Type, string Method, JsonElement Extensions)? Read(JsonElement? extensions)
    {
        if (extensions is not { ValueKind: JsonValueKind.Object } found || !found.TryGetProperty(Bazaar, out var bazaar) || bazaar.ValueKind != JsonValueKind.Object
            || bazaar.GetRawText().Length > _options.MaxExtensionLength
            || !bazaar.TryGetProperty("info", out var info) || info.ValueKind != JsonValueKind.Object
            || !info.TryGetProperty("input", out var input) || input.ValueKind != JsonValueKind.Object
            || Text(input, "type") is not ("http" or "mcp") || (Text(input, "method") ?? Text(input, "toolName") ?? Text(input, "tool")) is not { } method)
        {
            return null;
        }

        return (Text(input, "type")!, method, JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [Bazaar] = bazaar }));
    }

    // The same resource under another spelling is the same resource; its query is its caller's. Who is paid is part of it: nobody can put an
    // account of his own in the place of somebody else's entry.
    private string? KeyOf(ResourceInfo resource, string method, Requirement accepted)
    {
        string?[] texts = [resource.Url, resource.Description, resource.MimeType, resource.ServiceName, resource.IconUrl, method, .. resource.Tags];
        return texts.Any(text => text?.Length > _options.MaxTextLength) || !Uri.TryCreate(resource.Url, UriKind.Absolute, out var url) || !Schemes.Contains(url.Scheme)
            ? null
            : $"{accepted.PayTo.ToLowerInvariant()} {method} {url.GetLeftPart(UriPartial.Path)}";
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
