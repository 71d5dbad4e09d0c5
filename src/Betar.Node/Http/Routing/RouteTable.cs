using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http.Routing;

/// <summary>Finds routes by the path as it was sent: an id may hold a slash, written %2F.</summary>
internal sealed class RouteTable
{
    private const string Any = "*";
    private readonly FrozenDictionary<string, Entry[]> _byFirst;

    public RouteTable(IEnumerable<ApiRoute> routes)
    {
        Routes = [.. routes];
        _byFirst = Routes.Select(route => new Entry(route, Split(route.Pattern))).GroupBy(entry => entry.Parts[0], StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(entry => entry.Places).ToArray(), StringComparer.Ordinal);
    }

    public IReadOnlyList<ApiRoute> Routes { get; }

    /// <param name="method">The request's; HEAD is answered as GET is.</param>
    /// <param name="target">The request's target as it was sent.</param>
    public RouteMatch Find(string method, string target)
    {
        string path = target.Split('?', 2)[0];
        string[] sent = Split(path);
        var style = sent[0] == "v1" ? ApiStyle.V1 : ApiStyle.Legacy;
        if (!path.StartsWith('/') || !_byFirst.TryGetValue(Decode(sent[0]), out Entry[]? entries))
            return Nothing(style, []);
        if (HttpMethods.IsHead(method))
            method = HttpMethods.Get;
        List<string> methods = [];
        foreach (Entry entry in entries)
        {
            if (!TryMatch(entry.Parts, sent, out Dictionary<string, string> values))
                continue;
            if (entry.Route.Method == Any || entry.Route.Method == method)
                return new RouteMatch(entry.Route, values, []) { Style = entry.Route.Style };
            methods.Add(entry.Route.Method);
        }

        return Nothing(style, methods);
    }

    private static RouteMatch Nothing(ApiStyle style, IReadOnlyList<string> methods) => new(null, FrozenDictionary<string, string>.Empty, methods) { Style = style };

    private static string[] Split(string path) => path.TrimStart('/').TrimEnd('/').Split('/');

    // Never twice: "%252F" stays "%2F".
    private static string Decode(string segment) => Uri.UnescapeDataString(segment);

    private static bool TryMatch(string[] parts, string[] sent, out Dictionary<string, string> values)
    {
        values = [];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].StartsWith("{*", StringComparison.Ordinal))
            {
                values[parts[i][2..^1]] = string.Join('/', sent.Skip(i).Select(Decode));
                return true;
            }

            if (i >= sent.Length)
                return false;
            string segment = Decode(sent[i]);
            if (!parts[i].StartsWith('{'))
            {
                if (parts[i] != segment)
                    return false;
            }
            else if (segment.Length == 0)
            {
                return false;
            }
            else
            {
                values[parts[i][1..^1]] = segment;
            }
        }

        return parts.Length == sent.Length;
    }

    private sealed record Entry(ApiRoute Route, string[] Parts)
    {
        public int Places => Parts.Count(part => part.StartsWith('{'));
    }
}
