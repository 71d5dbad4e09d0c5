namespace Betar.Semantics.Tests.References;

public interface IGuestGrain : IGrainWithStringKey, IPlaced
{
    Task<string> Name();

    /// <summary>Passes itself to the host, as `this`.</summary>
    Task<string> Visit(IHostGrain host);

    [AlwaysInterleave]
    Task<string> NameAtAnyTime();

    Task<string> VisitByReference(IHostGrain host);
}
