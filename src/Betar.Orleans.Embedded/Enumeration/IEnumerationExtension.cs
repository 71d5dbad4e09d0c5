using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>The face of an activation that its enumerations are driven through.</summary>
[Alias("betar.enumeration")]
internal interface IEnumerationExtension : IGrainExtension
{
    [AlwaysInterleave]
    Task<EnumerationStep> Start(Guid id, IRequest request, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<EnumerationStep> MoveNext(Guid id, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task Stop(Guid id);
}
