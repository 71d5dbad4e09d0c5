namespace Orleans;

/// <summary>Marks attributes that tell how a constructor's parameter is made.</summary>
public interface IFacetMetadata;
