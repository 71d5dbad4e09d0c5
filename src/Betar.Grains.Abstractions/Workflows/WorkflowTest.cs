namespace Betar.Grains.Abstractions.Workflows;

/// <summary>What a condition looks at.</summary>
public enum WorkflowTest
{
    /// <summary>There is some text other than white space.</summary>
    NotEmpty = 0,

    /// <summary>The text is this one, letter for letter.</summary>
    Equals = 1,

    /// <summary>The text contains this one, whatever the letter case.</summary>
    Contains = 2,
}
