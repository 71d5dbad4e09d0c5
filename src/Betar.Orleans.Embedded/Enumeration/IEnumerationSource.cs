namespace Orleans.Runtime;

/// <summary>A running enumeration on the callee's side.</summary>
internal interface IEnumerationSource : IAsyncDisposable
{
    /// <summary>Waits for one element, but no longer than the caller waits for an answer, and takes as many more as are ready; never throws.</summary>
    ValueTask<EnumerationStep> NextAsync(TimeSpan patience, TimeProvider time);
}
