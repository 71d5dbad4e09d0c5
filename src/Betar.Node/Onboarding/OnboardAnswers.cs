namespace Betar.Node.Onboarding;

/// <summary>What a new operator says, by options or at the terminal.</summary>
internal sealed record OnboardAnswers
{
    /// <summary><c>google</c>, <c>openai</c>, or <c>none</c> for agents that need no model.</summary>
    public required string Provider { get; init; }

    /// <summary>Null: the one that is kept already, or none.</summary>
    public string? Key { get; init; }

    public string? BaseUrl { get; init; }

    public string? Model { get; init; }

    /// <summary>Null: the test chain of this machine.</summary>
    public string? RpcUrl { get; init; }

    /// <summary>Null: no agent.</summary>
    public string? Agent { get; init; }

    public string? Description { get; init; }

    public string? Price { get; init; }
}
