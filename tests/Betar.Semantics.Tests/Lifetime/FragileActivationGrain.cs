namespace Betar.Semantics.Tests.Lifetime;

/// <summary>Its activation fails the first time.</summary>
[GrainType("fragile-activation")]
public sealed class FragileActivationGrain : SceneGrain, IFragileGrain
{
    public Task<string> Ask() => Task.FromResult("well");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        Scene.Note("activating");
        if (Scene.Count("activating") == 1)
        {
            throw new FormatException("the activation failed");
        }
    }
}
