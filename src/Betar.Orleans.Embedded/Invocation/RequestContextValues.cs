namespace Orleans.Runtime;

/// <summary>The values of one moment; never changed, so that forks of a call share them safely.</summary>
internal sealed class RequestContextValues
{
    private RequestContextValues(Guid reentrancyId, Dictionary<string, object>? entries)
    {
        ReentrancyId = reentrancyId;
        Entries = entries;
    }

    public Guid ReentrancyId { get; }

    public Dictionary<string, object>? Entries { get; }

    public static RequestContextValues? Create(Guid reentrancyId, Dictionary<string, object>? entries) =>
        reentrancyId == Guid.Empty && entries is null or { Count: 0 } ? null : new(reentrancyId, entries is { Count: 0 } ? null : entries);
}
