namespace Betar.Grains.Fleet;

/// <summary>How callers name an agent: by its DID, or by "peer id/DID".</summary>
internal static class AgentName
{
    public static string Id(string resource)
    {
        int slash = resource.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? resource : resource[(slash + 1)..];
    }
}
