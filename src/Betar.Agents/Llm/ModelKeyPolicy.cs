using System.ClientModel.Primitives;
using Betar.Agents.Limits;
using Betar.Agents.Secrets;

namespace Betar.Agents.Llm;

/// <summary>Asks for the key when a request is made, and keeps it no longer; an endpoint without a key gets none.</summary>
internal sealed class ModelKeyPolicy(ModelEndpoint endpoint, ISecretSource secrets) : AuthenticationPolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Authorize(message);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Authorize(message);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private void Authorize(PipelineMessage message)
    {
        if (endpoint.KeyReference.Length == 0)
            return;
        string key = secrets.Find(endpoint.KeyReference)
            ?? throw new CallFailedException(ExecutionCodes.SecretMissing, "Its key is not there.", isTransient: false);
        message.Request.Headers.Set("Authorization", $"Bearer {key}");
    }
}
