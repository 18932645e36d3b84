package dev.plimsoll.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextCustomizerFactories;

/**
 * Gives a test class a migrated, empty database of its own.
 *
 * <ul>
 *   <li>Alone, methods and constructors may take a {@link TestDatabase} or a {@link
 *       javax.sql.DataSource} as a parameter.
 *   <li>Beside {@code @SpringBootTest}, the application runs on that database, with keys, an
 *       administrator and an API token made for tests ({@link TestPortal}); the {@link
 *       TestDatabase} is a bean. The context ends with the class.
 * </ul>
 *
 * <p>Nested classes share the database of the class around them.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DatabaseExtension.class)
@ContextCustomizerFactories(DatabaseContextCustomizerFactory.class)
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_CLASS)
public @interface DatabaseTest {}
