namespace Betar.Node.Diagnosis;

/// <summary>How a check ended.</summary>
public enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, and could be better.</summary>
    Note,

    /// <summary>Has to be mended.</summary>
    Wrong,
}
