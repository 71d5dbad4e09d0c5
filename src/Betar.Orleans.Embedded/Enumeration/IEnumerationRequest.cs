namespace Orleans.Runtime;

/// <summary>What the callee's side needs of a request, whatever its elements are.</summary>
internal interface IEnumerationRequest : IRequest
{
    IEnumerationSource Start();
}
