namespace Orleans.Runtime;

/// <summary>Something to do when a silo has started.</summary>
public interface IStartupTask
{
    Task Execute(CancellationToken cancellationToken);
}
